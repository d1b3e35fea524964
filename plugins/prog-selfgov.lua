-- Chương trình trọng tâm: xây dựng khu dân cư tự quản, phát triển toàn diện.
return sector {
  api = 1,
  id = "prog-selfgov",
  title = "Chương trình xây dựng khu dân cư tự quản, phát triển toàn diện",
  section = "II.II.2",
  departments = { "phong-noi-vu" },

  indicators = {
    recognised = { "Tổ dân phố, bản tự quản đã được công nhận cần duy trì", unit = "tổ dân phố, bản" },
    new_target = { "Tổ dân phố, bản tự quản phấn đấu đạt mới trong năm", unit = "tổ dân phố, bản" },
  },

  narrative = {
    plan = "Kế hoạch xây dựng tổ dân phố, bản tự quản",
    appraisal = "Thẩm định, công nhận tổ dân phố, bản tự quản",
    review = "Tổng kết Nghị quyết số 02-NQ/ThU",
  },

  text = function(d, out)
    out:paragraph("[{plan}][ Mục tiêu đề ra là duy trì, thực hiện tốt các tiêu chuẩn, tiêu chí tự quản tại {recognised}"
      .. " đã được công nhận từ năm {=2021} đến năm {=2023}[ và xây dựng {new_target} đạt mới trong năm {@period.year}].]"
      .. "[ {appraisal}][ {review}]")
  end,
}
