-- Xây dựng cơ bản: giải ngân vốn đầu tư công theo nguồn vốn, so với kế hoạch giao và kế hoạch đã nhập Tabmis.
return sector {
  api = 1,
  id = "capital",
  title = "Xây dựng cơ bản",
  section = "II.I.1.f",
  departments = { "phong-tai-chinh-ke-hoach" },
  targets = { "annual", "tabmis" },
  measures = { "volume" },
  unit = "triệu đồng",
  decimals = { attainment = 1 },

  indicators = {
    total = { "Tổng vốn đầu tư công",
      parts = {
        province = { "Nguồn vốn tỉnh quản lý" },
        city = { "Nguồn vốn thành phố quản lý" },
        mtqg = { "Chương trình mục tiêu quốc gia" },
      } },
  },

  narrative = {
    direction = "Chỉ đạo chủ đầu tư, nhà thầu",
    clearance = "Tháo gỡ vướng mắc mặt bằng",
    commitment = "Cam kết giải ngân",
  },

  shortfalls = function(d, out)
    for i in d:behind(0.8) do
      out:shortfall { i, i = i, cause = d.causes[i.id],
        text = "Giải ngân vốn đầu tư công còn chậm, đạt thấp[ (đạt {i.attainment.annual} kế hoạch)]." }
    end
  end,

  text = function(d, out)
    out:paragraph("[{direction}][ {clearance}][ {commitment}]")
    out:paragraph("Tổng kế hoạch vốn giao năm {@period.year} là {total.target.annual}[; lũy kế khối lượng hoàn thành"
      .. " từ đầu năm đến thời điểm báo cáo là {total.volume}]. Số giải ngân đến thời điểm báo cáo là {total}"
      .. "[, đạt {total.attainment.annual} kế hoạch][ (đạt {total.attainment.tabmis} so với kế hoạch vốn đã nhập Tabmis)]"
      .. "[{^sources}].",
      { sources = "{by_source}.",
        by_source = list(d.total.parts,
          "{it.label}: {it/it.target.annual|short}[, bằng {it.attainment.annual} kế hoạch vốn]") })
  end,
}
