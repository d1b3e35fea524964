-- Thông tin, truyền thông: phát thanh, truyền hình, tuyên truyền trực quan và dịch vụ văn hóa có điều kiện.
return sector {
  api = 1,
  id = "media",
  title = "Thông tin, truyền thông",
  section = "II.I.2.c",
  departments = { "trung-tam-van-hoa-truyen-thong", "phong-van-hoa-thong-tin" },

  indicators = {
    tv_programmes = { "Chương trình truyền hình sản xuất", unit = "chương trình" },
    tv_minutes = { "Thời lượng chương trình truyền hình", unit = "phút" },
    tv_items = { "Tin, bài truyền hình", unit = "tin, bài" },
    radio_programmes = { "Chương trình truyền thanh sản xuất", unit = "chương trình" },
    radio_minutes = { "Thời lượng chương trình truyền thanh", unit = "phút" },
    radio_items = { "Tin bài, phóng sự truyền thanh", unit = "tin bài, phóng sự" },
    relay_hours = { "Thời gian tiếp, phát sóng", unit = "giờ" },
    videos = { "Video đăng trên YouTube", unit = "video" },
    web_items = { "Tin, bài trên trang thông tin điện tử", unit = "tin, bài" },
    banners = { "Băng rôn khẩu hiệu", unit = "băng rôn" },
    red_flags = { "Cờ hồng kỳ", unit = "cờ" },
    tail_flags = { "Cờ đuôi nheo", unit = "cờ" },
    rings = { "Vòng inox", unit = "vòng" },
    billboards = { "Cụm pa nô", unit = "cụm" },
    car_trips = { "Lượt xe thông tin", unit = "lượt xe" },
    karaoke_new = { "Giấy phép karaoke cấp mới", unit = "giấy phép" },
    karaoke_adjusted = { "Giấy phép karaoke cấp điều chỉnh", unit = "giấy phép" },
    games = { "Điểm trò chơi điện tử công cộng được cấp mới", unit = "cơ sở" },
    advertising = { "Cơ sở được tiếp nhận hồ sơ quảng cáo", unit = "cơ sở" },
  },

  narrative = {
    information = "Công tác thông tin, tuyên truyền",
    broadcasting = "Sản xuất, tiếp phát sóng chương trình",
    reportages = "Phóng sự, tác phẩm báo chí",
    services = "Quản lý dịch vụ văn hóa có điều kiện",
  },

  text = function(d, out)
    out:paragraph("[{information}][ {broadcasting|bare}[{^output}].][ {services|bare}[{^licences}].]", {
      output = "[Sản xuất {tv_programmes} truyền hình với thời lượng {tv_minutes}, {tv_items}.]"
        .. "[ Sản xuất {radio_programmes} truyền thanh với thời lượng {radio_minutes}, {radio_items}.]"
        .. "[ Tiếp, phát sóng chương trình thời sự địa phương,"
        .. " Đài Tiếng nói Việt Nam, Đài Phát thanh - Truyền hình tỉnh được {relay_hours}.]"
        .. "[ Đăng tải {videos} trên trang YouTube “Lai Châu thành phố ta yêu”.]"
        .. "[ Đăng {web_items} trên trang thông tin điện tử thành phố.] Tuyên truyền trực quan: {visual}.[ {reportages}]",
      visual = list({ d.banners, d.red_flags, d.tail_flags, d.rings, d.billboards, d.car_trips }, "{it|bare} {it.name}"),
      licences = "[Cấp mới {karaoke_new}, cấp điều chỉnh {karaoke_adjusted} đủ điều kiện kinh doanh dịch vụ karaoke.]"
        .. "[ Cấp mới cho {games} cung cấp dịch vụ trò chơi điện tử công cộng.]"
        .. "[ Tiếp nhận hồ sơ thực hiện quảng cáo của {advertising}.]" })
  end,
}
