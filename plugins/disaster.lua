-- Thủy lợi, phòng chống thiên tai: công tác ứng phó và thống kê thiệt hại từ đầu năm.
return sector {
  api = 1,
  id = "disaster",
  title = "Thủy lợi, phòng chống thiên tai",
  section = "II.I.1.c",
  departments = { "phong-kinh-te" },

  indicators = {
    subsided_office = { "Tường rào trụ sở UBND xã Sùng Phài", unit = "điểm", padded = false },
    subsided_house = { "Nhà văn hóa bản Nậm Loỏng 2, phường Quyết Thắng", unit = "điểm", padded = false },
    moved = { "Phải di chuyển chỗ ở tạm thời do sạt lở taluy (đồi chè) tại tổ 5, phường Tân Phong",
      unit = "hộ", padded = false },
    embankment = { "Bị sập đổ kè xây tại bản Tả Làn Than, phường Tân Phong", unit = "hộ dân", padded = false },
    canal_cu_nha_la = { "Kênh thủy lợi tại bản Cư Nhà La, xã Sùng Phài", unit = "m" },
    canal_lang_giang = { "Tuyến kênh Làng Giảng, bản Cư Nhà La", unit = "m" },
    canal_can_ho = { "Kênh Can Hồ, bản Cư Nhà La", unit = "m" },
    ponds = { "Bị nước tràn ao do ngập úng cục bộ tại tổ 6, phường Quyết Tiến", unit = "hộ dân", padded = false },
    moved_again = { "Phải di chuyển tạm thời do sạt lở đồi chè tổ 5, phường Tân Phong", unit = "hộ", equals = "moved" },
    flooded_field = { "Cánh đồng Huổi Lùng, xã Sùng Phài bị ngập úng", unit = "ha" },
    flooded_rice_land = { "Đất trồng lúa bản Sùng Chô, xã Sùng Phài bị ngập úng", unit = "ha" },
    fallen_rice = { "Lúa bị đổ ngã tại xã San Thàng", unit = "ha" },
    flooded_rice = { "Lúa vừa gặt bị ngập tại xã San Thàng", unit = "ha" },
    flooded_maize = { "Ngô mới trồng bị ngập úng", unit = "ha" },
    casualties = { "Số người chết, mất tích, bị thương", unit = "người" },
    loss = { "Tổng giá trị thiệt hại do thiên tai", unit = "triệu đồng" },
  },

  narrative = {
    readiness = "Ứng phó thiên tai, tìm kiếm cứu nạn",
    canals = "Duy tu thủy lợi, thoát nước",
    recovery = "Khắc phục thiệt hại",
    school = "Điểm trường Mầm non Nậm Loỏng",
  },

  text = function(d, out)
    local people = d.casualties.actual:equals(0) and "{casualties|zero=Không có thiệt hại về người}"
      or "Số người chết, mất tích, bị thương là {casualties}"
    out:item("Về thủy lợi, phòng chống thiên tai:[ {readiness}][ {canals}][ {recovery|bare}[{^damage}].]", {
      damage = "Về hạ tầng:[ {school}][ Sụt lún: {places}.][ Hộ dân bị ảnh hưởng: {households}.]"
        .. "[ Kênh mương bị sạt lở, hư hỏng: {broken}.]"
        .. "[ Về nông nghiệp: {fields}[; {flooded_rice_land|bare} ha đất trồng lúa bản Sùng Chô, xã Sùng Phài bị ngập úng].]"
        .. "[ " .. people .. ".][ Tổng giá trị thiệt hại từ đầu năm ước tính {loss|short}.]",
      places = list({ d.subsided_office, d.subsided_house }, "{it} tại {it.name}"),
      households = list({ d.moved, d.embankment, d.ponds, d.moved_again }, "{it} {it.name}"),
      broken = list({ d.canal_cu_nha_la, d.canal_lang_giang, d.canal_can_ho }, "{it} {it.name}"),
      fields = list({ d.flooded_field, d.fallen_rice, d.flooded_rice, d.flooded_maize }, "{it} {it.name}") })
  end,
}
