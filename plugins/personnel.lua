-- Tổ chức bộ máy, biên chế, chế độ đối với cán bộ; đào tạo, bồi dưỡng; thi đua, khen thưởng.
local groups, persons, households = "Tập thể", "Cá nhân", "Hộ gia đình"

return sector {
  api = 1,
  id = "personnel",
  title = "Tổ chức, cán bộ và thi đua, khen thưởng",
  section = "II.I.3",
  departments = { "phong-noi-vu" },
  unit = "người",

  indicators = {
    promoted = { "Người trúng tuyển thăng hạng chức danh nghề nghiệp" },
    appointed = { "Cán bộ, công chức, viên chức được bổ nhiệm, bổ nhiệm lại, điều động" },
    received = { "Công chức, viên chức được tiếp nhận" },
    seconded = { "Viên chức được biệt phái" },
    secondment_ended = { "Viên chức chấm dứt biệt phái" },
    school_transfers = { "Viên chức, người lao động ngành giáo dục được điều chuyển" },
    requested_transfers = { "Công chức, viên chức chuyển công tác theo nguyện vọng" },
    corrected = { "Viên chức đề nghị đính chính quyết định bổ nhiệm, xếp lương" },
    cancelled_raises = { "Viên chức bị hủy quyết định nâng bậc lương" },
    raises = { "Cán bộ, công chức, viên chức được nâng bậc lương" },
    trained = { "Cán bộ, công chức, viên chức được cử đi bồi dưỡng" },
    ethnic_classes = { "Lớp bồi dưỡng kiến thức dân tộc", unit = "lớp" },
    ethnic_learners = { "Người dự lớp bồi dưỡng kiến thức dân tộc" },
    advanced = { "Danh hiệu “Lao động tiên tiến”", unit = "lượt", by = { groups = groups, persons = persons } },
    base_fighters = { "Danh hiệu “Chiến sỹ thi đua cơ sở”", unit = "lượt", by = { persons = persons } },
    merit = { "Giấy khen", unit = "lượt", by = { groups = groups, persons = persons } },
    province_fighters = { "Danh hiệu “Chiến sỹ thi đua cấp tỉnh”", unit = "lượt", by = { persons = persons } },
    excellent = { "Danh hiệu “Tập thể Lao động xuất sắc”", unit = "lượt", by = { groups = groups } },
    flags = { "Cờ thi đua của UBND tỉnh", unit = "lượt", by = { groups = groups } },
    certificates = { "Bằng khen của UBND tỉnh", unit = "lượt", by = { groups = groups, persons = persons } },
    medals = { "Huân chương Lao động hạng Ba", unit = "lượt", by = { persons = persons } },
    premier = { "Bằng khen của Thủ tướng Chính phủ", unit = "lượt", by = { persons = persons } },
    special = { "Khen thưởng chuyên đề, đột xuất", unit = "lượt",
      by = { groups = groups, persons = persons, households = households } },
    special_upper = { "Trình UBND tỉnh, bộ, ngành tặng Bằng khen", unit = "lượt",
      by = { groups = groups, persons = persons, households = households } },
    special_state = { "Trình Chính phủ khen thưởng", unit = "lượt", by = { groups = groups } },
  },

  narrative = {
    staffing = "Quản lý tổ chức bộ máy, biên chế",
    school_posts = "Biên chế giáo dục và vị trí việc làm",
    exam = "Thăng hạng chức danh nghề nghiệp",
    communes = "Chính quyền cơ sở",
    policies = "Chế độ, chính sách đối với cán bộ",
    training = "Đào tạo, bồi dưỡng",
    courses = "Nội dung bồi dưỡng",
    discipline = "Kỷ luật, kỷ cương công vụ",
    emulation = "Thi đua, khen thưởng",
  },

  text = function(d, out)
    local function awards(template, ...)
      local rows = {}
      for _, i in ipairs({ ... }) do
        rows[#rows + 1] = t(template, { i = i, who = list(i.parts, "{it|bare} {it.name}", ", ") })
      end
      return list(rows, "{it}")
    end
    local award = "{i.label} cho {who}"
    out:paragraph("[{staffing|bare}[{^posts_note}].][ {policies|bare}[{^staff_note}].][ {training|bare}[{^courses_note}].]"
      .. "[ {discipline}][ {emulation|bare}[{^awards_note}].]", {
      posts_note = "[{school_posts}][ {exam|bare}[, kết quả có {promoted} trúng tuyển].][ {communes}]",
      staff_note = "[Bổ nhiệm, bổ nhiệm lại, điều động {appointed|bare} cán bộ, công chức, viên chức.]"
        .. "[ Tiếp nhận {received|bare} công chức, viên chức[; biệt phái {seconded|bare} viên chức]"
        .. "[; chấm dứt biệt phái {secondment_ended|bare} viên chức đã hết thời hạn].]"
        .. "[ Điều chuyển {school_transfers|bare} viên chức, người lao động ngành giáo dục cho phù hợp quy mô trường, lớp"
        .. " của năm học mới[; {requested_transfers|bare} công chức, viên chức được chuyển công tác theo nguyện vọng].]"
        .. "[ Trình Sở Nội vụ đính chính quyết định bổ nhiệm, xếp lương của {corrected|bare} viên chức.]"
        .. "[ Hủy quyết định nâng bậc lương đối với {cancelled_raises|bare} viên chức.]"
        .. "[ Nâng bậc lương cho {raises|bare} cán bộ, công chức, viên chức.]",
      courses_note = "[Cử {trained|bare} cán bộ, công chức, viên chức đi bồi dưỡng. {courses}]"
        .. "[ Mở {ethnic_classes} bồi dưỡng kiến thức dân tộc cho {=nhóm đối tượng 4}[ với {ethnic_learners}].]",
      awards_note = "[UBND thành phố tặng: {city}.][ Đề nghị UBND tỉnh tặng: {province}.]"
        .. "[ Đề nghị Chủ tịch nước, Thủ tướng Chính phủ tặng: {state}.][ Ngoài ra, {special}.]",
      city = awards(award, d.advanced, d.base_fighters, d.merit),
      province = awards(award, d.province_fighters, d.excellent, d.flags, d.certificates),
      state = awards(award, d.medals, d.premier),
      special = awards("{i.name} cho {who}", d.special, d.special_upper, d.special_state) })
  end,
}
