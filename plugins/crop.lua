-- Trồng trọt: diện tích, sản lượng các loại cây trồng so với kế hoạch.
return sector {
  api = 1,
  id = "crop",
  title = "Trồng trọt",
  section = "II.I.1.c",
  departments = { "phong-kinh-te" },
  targets = { "annual" },
  unit = "ha",
  decimals = { attainment = 0 },

  indicators = {
    cultivated = { "Tổng diện tích đất nông nghiệp canh tác", decimals = { attainment = 1 }, at_most = "sown" },
    sown = { "Tổng diện tích gieo trồng" },
    rice = { "Diện tích lúa", aliases = { "Cây lúa" },
      of_which = { rice_commodity = { "Diện tích lúa hàng hóa tập trung", aliases = { "Lúa hàng hóa tập trung" } } } },
    maize = { "Diện tích ngô", aliases = { "Cây ngô" } },
    vegetable = { "Diện tích cây màu", aliases = { "Cây màu" } },
    flower = { "Diện tích hoa", aliases = { "Cây hoa" },
      of_which = { flower_san_thang = { "Diện tích hoa tại xã San Thàng", aliases = { "Xã San Thàng" } } } },
    industrial = { "Diện tích cây công nghiệp", aliases = { "Cây công nghiệp" }, decimals = { attainment = 1 },
      of_which = {
        tea = { "Diện tích chè hiện có", aliases = { "Cây chè" },
          of_which = { tea_business = { "Diện tích chè kinh doanh", aliases = { "Chè kinh doanh" } } } },
      } },
    fruit = { "Diện tích cây ăn quả", aliases = { "Cây ăn quả" } },
    tea_output = { "Sản lượng chè", aliases = { "Cây chè" }, unit = "tấn" },
    vegetable_output = { "Sản lượng cây màu", aliases = { "Cây màu" }, unit = "tấn" },
  },

  narrative = {
    restructuring = "Tái cơ cấu, sản xuất nông nghiệp hàng hóa",
    care = "Chăm sóc, thu hoạch cây trồng",
    tea_care = "Chăm sóc cây chè",
    rice_kind = "Giống lúa hàng hóa",
    maize_season = "Thời vụ ngô",
  },

  text = function(d, out)
    out:item("Về trồng trọt:[ {restructuring}]")
    out:paragraph("[{care|bare}[{^crops}].][ {tea_care}]"
      .. "[ Diện tích chè hiện có là {tea}[ (trong đó chè kinh doanh {tea_business})].]"
      .. "[ Sản lượng chè {tea_output.reached} {tea_output}[, đạt {tea_output.attainment} kế hoạch].]", {
      crops = "[Tổng diện tích đất nông nghiệp canh tác là {cultivated}[, đạt {cultivated.attainment} kế hoạch].]"
        .. "[ Tổng diện tích gieo trồng là {sown}[, đạt {sown.attainment} kế hoạch giao].]"
        .. "[ Cây lúa đã gieo trồng {rice}[, đạt {rice.attainment} kế hoạch]"
        .. "[; duy trì {rice_commodity} lúa hàng hóa tập trung].][{?rice} {rice_kind}]"
        .. "[ Cây ngô đã gieo trồng {maize}[, đạt {maize.attainment} kế hoạch giao].][{?maize} {maize_season}]"
        .. "[ Cây màu có diện tích canh tác {vegetable}[; sản lượng {vegetable_output.reached} {vegetable_output}].]"
        .. "[ Cây hoa có diện tích {flower}[, đạt {flower.attainment} kế hoạch giao]"
        .. "[ (tập trung chủ yếu tại xã San Thàng với {flower_san_thang})].]"
        .. "[ Cây công nghiệp có tổng diện tích {industrial}[, đạt {industrial.attainment} kế hoạch].]"
        .. "[ Cây ăn quả hiện có {fruit}[, đạt {fruit.attainment} kế hoạch].]" })
  end,
}
