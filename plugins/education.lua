-- Giáo dục - đào tạo, khoa học công nghệ: quy mô trường lớp, lớp học thông minh, trường chuẩn quốc gia, sáng kiến.
return sector {
  api = 1,
  id = "education",
  title = "Giáo dục - đào tạo; khoa học công nghệ",
  section = "II.I.2.a",
  departments = { "phong-giao-duc" },
  targets = { "annual" },
  unit = "trường",
  decimals = { ratio = 1, share = 0, attainment = 0 },

  indicators = {
    schools = { "Số trường",
      by = { preschool = "Mầm non", primary = "Tiểu học", lowersec = "THCS và liên cấp TH&THCS" } },
    rooms = { "Số phòng học", unit = "phòng",
      by = { preschool = "Mầm non", primary = "Tiểu học", lowersec = "THCS và liên cấp TH&THCS" } },
    classes = { "Số lớp học", unit = "lớp",
      by = { preschool = "Mầm non", primary = "Tiểu học", lowersec = "THCS và liên cấp TH&THCS" } },
    students = { "Số học sinh", unit = "học sinh",
      by = { preschool = "Mầm non", primary = "Tiểu học", lowersec = "THCS và liên cấp TH&THCS" },
      of_which = { minority = { "Học sinh dân tộc thiểu số" } } },
    lowersec = { "Trường có cấp trung học cơ sở", equals = "schools_lowersec",
      parts = {
        thcs = { "Trường trung học cơ sở" },
        combined = { "Trường liên cấp tiểu học và trung học cơ sở" },
      } },
    smart = { "Trường thí điểm lớp học thông minh", names = true, by = { primary = "Tiểu học", lowersec = "THCS" } },
    standard = { "Trường đạt chuẩn quốc gia", of = "schools",
      parts = {
        standard_preschool = { "Cấp mầm non", of = "schools_preschool" },
        standard_primary = { "Cấp tiểu học", of = "schools_primary" },
        standard_thcs = { "Cấp trung học cơ sở", of = "thcs" },
        standard_combined = { "Liên cấp tiểu học và trung học cơ sở", of = "combined", decimals = { ratio = 0 } },
      } },
    level_two = { "Trường đạt chuẩn quốc gia mức độ 2", of = "schools", at_most = "standard" },
    year_end = { "Tổng số trường đạt chuẩn quốc gia đến hết năm", of = "schools",
      of_which = { level_two_year_end = { "Số trường đạt chuẩn quốc gia mức độ 2 đến hết năm", of = "schools" } } },
    new_schools = { "Trường công nhận mới đạt chuẩn quốc gia đến hết năm", names = true },
    level_two_plan = { "Kế hoạch trường đạt chuẩn quốc gia mức độ 2", of = "schools",
      derive = function(d) return d.level_two_year_end.target.annual end },
    initiatives = { "Sáng kiến được công nhận phạm vi ảnh hưởng", unit = "sáng kiến" },
    province_initiatives = { "Sáng kiến đề nghị công nhận phạm vi ảnh hưởng cấp tỉnh", unit = "sáng kiến" },
  },

  narrative = {
    quality = "Nâng cao chất lượng giáo dục",
    network = "Quy mô, mạng lưới trường lớp",
    methods = "Phương pháp giáo dục tiên tiến",
    activities = "Hoạt động trải nghiệm, hội thi",
    contests = "Ngày hội, hội thi đã tổ chức",
    prizes = "Kết quả hội thi, thi đua",
    digital = "Chuyển đổi số trong giáo dục",
    smart_classes = "Mô hình lớp học thông minh",
    exam = "Kỳ thi tốt nghiệp THPT",
    training = "Bồi dưỡng đội ngũ",
    school_year = "Tổng kết và triển khai năm học",
    standard_work = "Xây dựng trường chuẩn quốc gia",
    initiative_work = "Công nhận sáng kiến",
    science = "Khoa học và công nghệ",
  },

  text = function(d, out)
    out:paragraph("[{quality}][ {network|bare}[{^scale}].][ {methods}][ {activities|bare}[{^results}].]", {
      scale = "Toàn thành phố có {schools}, {classes} học, {rooms} học với {students}"
        .. "[ (cấp Mầm non: {schools_preschool}, {rooms_preschool}, {classes_preschool}, {students_preschool|bare} cháu;"
        .. " cấp Tiểu học: {schools_primary}, {rooms_primary}, {classes_primary}, {students_primary|bare} cháu;"
        .. " cấp THCS và liên cấp TH&THCS: {schools_lowersec}, {rooms_lowersec}, {classes_lowersec},"
        .. " {students_lowersec|bare} cháu)]."
        .. "[ Học sinh dân tộc thiểu số: {minority}, chiếm tỷ lệ {minority.share} tổng số học sinh.]",
      results = "[{contests}][ {prizes}]" })
    out:paragraph("[{digital}][ {smart_classes|bare}[, thực hiện tại {smart}"
      .. "[ ({smart_primary} tiểu học, {smart_lowersec} THCS)][{^smart_schools}]].][ {exam}][ {training}][ {school_year}]",
      { smart_schools = "Các trường: {smart.names}." })
    out:paragraph("[{standard_work}]"
      .. "[ Đến nay, thành phố có {standard/standard.of} đạt chuẩn quốc gia, đạt tỷ lệ {standard.ratio}"
      .. "[, trong đó số trường duy trì chuẩn mức độ {=2} là {level_two/level_two.of}, đạt tỷ lệ {level_two.ratio}]"
      .. "[{^levels}].]", {
      levels = "Theo cấp học: {by_level}."
        .. "[ Ước thực hiện đến {=31/12}/{@period.year}, công nhận thêm {new_schools} đạt chuẩn quốc gia"
        .. "[ ({new_schools.names})]"
        .. "[, nâng tổng số trường đạt chuẩn lên {year_end/year_end.of}, đạt {year_end.attainment} kế hoạch giao]"
        .. "[; trong đó mức độ {=2} là {level_two_year_end/level_two_year_end.of}, đạt tỷ lệ {level_two_year_end.ratio}"
        .. "[, đạt {level_two_year_end.attainment} kế hoạch giao (kế hoạch giao là {level_two_plan.ratio},"
        .. " tương ứng với {level_two_plan/level_two_plan.of})]].]",
      by_level = list(d.standard.parts, "{it.name} {it/it.of}, đạt tỷ lệ {it.ratio}") })
    out:paragraph("[{initiative_work}][ Đã công nhận phạm vi ảnh hưởng của {initiatives}"
      .. "[, đề nghị tỉnh xét công nhận {province_initiatives} có phạm vi ảnh hưởng cấp tỉnh].][ {science}]")
  end,
}
