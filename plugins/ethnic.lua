-- Dân tộc, tôn giáo: chính sách dân tộc do Phòng Dân tộc, tôn giáo do Phòng Nội vụ báo cáo.
return sector {
  api = 1,
  id = "ethnic",
  title = "Dân tộc, tôn giáo",
  section = "II.I.2.đ",
  departments = { "phong-dan-toc", "phong-noi-vu" },

  narrative = {
    policies = "Chính sách dân tộc",
    reputable = "Người có uy tín",
    programme = "Kế hoạch thực hiện Chương trình MTQG vùng dân tộc thiểu số",
    information = "Tuyên truyền vùng đồng bào dân tộc",
    congress = "Đại hội đại biểu các dân tộc thiểu số",
    religion = "Quản lý nhà nước về tín ngưỡng, tôn giáo",
    religion_life = "Tình hình hoạt động tôn giáo",
  },

  text = function(d, out)
    out:paragraph("[{policies}][ {reputable}][ {programme}][ {information}][ {congress}]")
    out:paragraph("[{religion}][ {religion_life}]")
  end,
}
