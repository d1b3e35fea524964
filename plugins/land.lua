-- Tài nguyên - Môi trường: thu hồi đất, giấy chứng nhận quyền sử dụng đất, hồ sơ đất đai, thu gom chất thải.
return sector {
  api = 1,
  id = "land",
  title = "Tài nguyên - Môi trường",
  section = "II.I.1.g",
  departments = { "phong-tai-nguyen-moi-truong" },

  indicators = {
    notices = { "Thông báo thu hồi đất", unit = "thông báo" },
    notice_households = { "Hộ gia đình, cá nhân được thông báo thu hồi đất", unit = "hộ gia đình" },
    notice_area = { "Diện tích đất theo thông báo thu hồi", unit = "m2" },
    decisions = { "Quyết định thu hồi đất", unit = "quyết định" },
    decision_area = { "Diện tích đất theo quyết định thu hồi", unit = "m2" },
    adjustments = { "Quyết định điều chỉnh quyết định thu hồi đất", unit = "quyết định" },
    waste = { "Tỷ lệ chất thải đô thị được thu gom, xử lý so với kế hoạch", unit = "%", decimals = { value = 0 } },
    delivered = { "GCN đã trao trong kỳ", unit = "GCN", at_most = "delivered_so_far" },
    delivered_so_far = { "Lũy kế GCN đã trao", unit = "GCN" },
    remaining = { "GCN chưa trao", unit = "GCN",
      parts = {
        remaining_first = { "Theo dự án năm 2013" },
        remaining_second = { "Theo dự án năm 2020" },
      } },
    files = { "Lượt hồ sơ đất đai tiếp nhận, xử lý", unit = "lượt hồ sơ",
      parts = {
        certificates = { "Cấp giấy chứng nhận quyền sử dụng đất" },
        conversions = { "Chuyển mục đích sử dụng đất" },
        corrections = { "Đính chính thông tin giấy chứng nhận" },
      } },
    certificate_area = { "Tổng diện tích cấp giấy chứng nhận quyền sử dụng đất", unit = "m2",
      parts = {
        residential = { "Đất ở" },
        annual_crops = { "Đất trồng cây hàng năm" },
        aquatic = { "Đất thủy sản" },
        perennial_crops = { "Đất cây lâu năm" },
      } },
    conversion_area = { "Diện tích đất chuyển mục đích sử dụng", unit = "m2" },
  },

  narrative = {
    management = "Quản lý đất đai",
    planning = "Quy hoạch, kế hoạch sử dụng đất",
    works = "Danh mục công trình cần thu hồi đất",
    statistics = "Thống kê đất đai",
    recovery = "Thu hồi đất và xác định giá đất",
    price_council = "Hội đồng thẩm định giá đất",
    delivery = "Trao giấy chứng nhận theo dự án",
    procedures = "Thủ tục hành chính về đất đai",
    environment = "Vệ sinh môi trường",
  },

  text = function(d, out)
    out:paragraph("[{management}][ {planning}][ {works}][ {statistics}][ {recovery|bare}[{^recovered}].]"
      .. "[ {delivery|bare}[{^delivered_note}].][ {procedures|bare}[{^handled}].]"
      .. "[ {environment|bare}[; tỷ lệ chất thải đô thị được thu gom, xử lý {waste.reached} {waste} kế hoạch].]",
      { recovered = "[Ban hành {notices} thu hồi đất[ đối với {notice_households}, cá nhân][ với diện tích {notice_area}]]"
          .. "[; {decisions} thu hồi đất[ với tổng diện tích {decision_area}]]"
          .. "[; {adjustments} điều chỉnh quyết định thu hồi đất].[ {price_council}]",
        delivered_note = "Trong {@period.name}, đã trao {delivered}[; lũy kế đã trao {delivered_so_far}]"
          .. "[, còn lại {remaining} chưa trao[ (theo dự án năm {=2013} còn {remaining_first|bare} giấy;"
          .. " theo dự án năm {=2020} còn {remaining_second|bare} giấy)]].",
        handled = "Tiếp nhận và xử lý {files}[, trong đó: cấp {certificates|bare} giấy chứng nhận quyền sử dụng đất"
          .. "[ với tổng diện tích {certificate_area}[ ({kinds_of_land})]]]"
          .. "[; chuyển mục đích sử dụng đất {conversions}[ với tổng diện tích {conversion_area}]]"
          .. "[; đính chính thông tin giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản {corrections}].",
        kinds_of_land = list(d.certificate_area.parts, "{it} {it.name}") })
  end,
}
