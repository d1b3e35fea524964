-- Văn hóa, văn nghệ, thể thao, lễ hội; đặt tên đường, phố và xây dựng nếp sống văn minh đô thị.
return sector {
  api = 1,
  id = "culture",
  title = "Văn hóa, thể thao",
  section = "II.I.2.c",
  departments = { "phong-van-hoa-thong-tin", "trung-tam-van-hoa-truyen-thong" },

  indicators = {
    programmes = { "Chương trình nghệ thuật chào mừng các sự kiện", unit = "chương trình", names = true },
    shows = { "Buổi biểu diễn nghệ thuật quần chúng", unit = "buổi" },
    tournaments = { "Giải thể thao tổ chức, phối hợp tổ chức", unit = "giải" },
    province_tournaments = { "Giải thể thao cấp tỉnh đã tham gia", unit = "giải" },
    festivals = { "Lễ hội trong Tuần Văn hóa - Lễ hội và Du lịch", unit = "lễ hội", names = true },
    streets_named = { "Đường được đặt tên", unit = "đường" },
    streets_extended = { "Đường điều chỉnh kéo dài", unit = "đường" },
    lanes_named = { "Phố được đặt tên", unit = "phố" },
    lanes_extended = { "Phố điều chỉnh kéo dài", unit = "phố" },
  },

  narrative = {
    arts = "Hoạt động văn hóa, văn nghệ",
    week = "Tuần Văn hóa - Lễ hội và Du lịch",
    flowers = "Trang trí, không gian hoa xuân",
    contests = "Hội thi văn hóa, văn nghệ",
    village_festivals = "Lễ hội truyền thống tại xã, phường",
    venues = "Văn nghệ tại chợ đêm, phố đi bộ và cơ sở",
    sports = "Phong trào thể dục, thể thao",
    movement = "Phong trào xây dựng đời sống văn hóa",
    civility = "Nếp sống văn minh đô thị",
    naming = "Đề án đặt tên, kéo dài đường, phố",
    wards = "Xét công nhận phường văn minh đô thị",
    appraisal = "Thẩm định phường đạt chuẩn đô thị văn minh",
    review = "Tổng kết Nghị quyết về văn minh đô thị",
  },

  text = function(d, out)
    out:paragraph("[{arts}]"
      .. "[ Từ đầu năm đã phối hợp tổ chức {programmes} nghệ thuật chào mừng các sự kiện chính trị lớn[{^events}].]"
      .. "[ {week|bare}[{^week_note}].][ {venues}][ Tại cơ sở đã có {shows} biểu diễn nghệ thuật quần chúng.]"
      .. "[ {sports|bare}[; đã tổ chức, phối hợp tổ chức {tournaments} thể thao]"
      .. "[, tham gia thi đấu {province_tournaments} do tỉnh tổ chức].]", {
      events = "Các chương trình: {programmes.names}.",
      week_note = "[Tuần Văn hóa có {festivals}[: {festivals.names}].][ {flowers}][ {contests}][ {village_festivals}]" })
    out:paragraph("[{movement}][ {civility|bare}[{^naming_note}].][ {wards|bare}[{^wards_note}].]", {
      naming_note = "{naming|bare}[; theo đó đặt tên {streets_named}, điều chỉnh kéo dài {streets_extended};"
        .. " đặt tên {lanes_named}, điều chỉnh kéo dài {lanes_extended}].",
      wards_note = "[{appraisal}][ {review}]" })
  end,
}
