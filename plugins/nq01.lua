-- Phần I: việc thực hiện Nghị quyết 01/NQ-CP, do Văn phòng theo dõi.
return sector {
  api = 1,
  id = "nq01",
  title = "Thực hiện Nghị quyết số 01/NQ-CP",
  section = "I",
  departments = { "van-phong" },

  indicators = {
    tasks = { "Số công việc cụ thể hóa trong kế hoạch triển khai Nghị quyết 01/NQ-CP", unit = "công việc", padded = false,
      of_which = { done = { "Số công việc đã hoàn thành theo tiến độ", padded = false } } },
  },

  narrative = {
    plan = "Kế hoạch triển khai Nghị quyết 01/NQ-CP",
    follow_up = "Phân công và theo dõi nhiệm vụ",
  },

  text = function(d, out)
    out:paragraph("{plan} Kế hoạch gồm {tasks}[; đến nay đã hoàn thành {done} theo tiến độ]. {follow_up}")
  end,
}
