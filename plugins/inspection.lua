-- Thanh tra, tiếp công dân, giải quyết đơn khiếu nại, tố cáo; phòng, chống tham nhũng.
return sector {
  api = 1,
  id = "inspection",
  title = "Thanh tra, giải quyết khiếu nại, tố cáo",
  section = "II.I.3",
  departments = { "thanh-tra" },

  indicators = {
    inspections = { "Cuộc thanh tra đã ban hành kết luận", unit = "cuộc thanh tra" },
    units = { "Đơn vị được thanh tra", unit = "đơn vị" },
    visits = { "Lượt công dân được tiếp", unit = "lượt" },
    people = { "Người được tiếp", unit = "người" },
    matters = { "Vụ việc công dân trình bày", unit = "vụ việc" },
    petitions = { "Đơn tiếp nhận trong kỳ", unit = "đơn",
      of_which = { resolved = { "Đơn đã giải quyết theo thẩm quyền" } } },
  },

  narrative = {
    leadership = "Chỉ đạo công tác thanh tra",
    conclusions = "Thực hiện kết luận thanh tra",
    remaining = "Đơn đang xem xét",
  },

  text = function(d, out)
    out:paragraph("[{leadership}][ Trong {@period.name}, Thanh tra thành phố đã triển khai, ban hành kết luận {inspections}"
      .. "[ tại {units}].]"
      .. "[ {conclusions}][ Trong kỳ đã tiếp {visits} công dân[ gồm {people}][, liên quan đến {matters}].]"
      .. "[ Số đơn tiếp nhận là {petitions}[, {petitions.change}][; đã giải quyết theo thẩm quyền {resolved/petitions}].]"
      .. "[ {remaining}]")
  end,
}
