-- Môi trường đầu tư kinh doanh, phát triển doanh nghiệp: đăng ký kinh doanh, giấy phép kinh doanh có điều kiện.
return sector {
  api = 1,
  id = "enterprise",
  title = "Môi trường đầu tư kinh doanh và phát triển doanh nghiệp",
  section = "II.I.1.đ",
  departments = { "phong-tai-chinh-ke-hoach", "phong-kinh-te" },

  indicators = {
    sponsored = { "Kinh phí nhà đầu tư tài trợ lập quy hoạch chi tiết", from = "budget.mobilised" },
    coops = { "Hợp tác xã được cấp mới đăng ký kinh doanh", unit = "hợp tác xã" },
    households = { "Hộ kinh doanh được cấp mới đăng ký kinh doanh", unit = "hộ kinh doanh" },
    licences = { "Giấy phép kinh doanh có điều kiện cấp mới, cấp đổi", unit = "giấy phép",
      parts = {
        liquor = { "Giấy phép sản xuất rượu thủ công nhằm mục đích kinh doanh và bán lẻ rượu" },
        tobacco = { "Giấy phép bán lẻ sản phẩm thuốc lá" },
        lpg = { "Giấy chứng nhận đủ điều kiện cửa hàng bán lẻ LPG chai" },
      } },
  },

  narrative = {
    climate = "Cải thiện môi trường đầu tư, kinh doanh",
    resolution = "Thực hiện Nghị quyết số 02/NQ-CP",
    index = "Chỉ số năng lực cạnh tranh cấp thành phố",
    sponsorship = "Tiếp nhận kinh phí tài trợ lập quy hoạch",
    park = "Đầu tư Khu lâm viên giai đoạn 2",
    licensing = "Cấp giấy phép kinh doanh có điều kiện",
  },

  text = function(d, out)
    out:paragraph("[{climate}][ {resolution}][ {index}][ {sponsorship|bare}[, với số tiền {sponsored}].][ {park}]")
    out:paragraph("[Trong {@period.name}, đã cấp mới Giấy chứng nhận đăng ký kinh doanh cho {coops}[ và {households}].]"
      .. "[ {licensing|bare}[{^kinds_note}].]",
      { kinds_note = "Trong kỳ, đã cấp mới, cấp đổi {licences}[, trong đó: {kinds}].",
        kinds = list(d.licences.parts, "{it|bare} {it.name}") })
  end,
}
