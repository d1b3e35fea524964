-- Tồn tại, hạn chế của mọi ngành và nguyên nhân, theo cùng một thứ tự.
return report {
  api = 1,
  sections = {
    ["II.III.2.1"] = function(r, out)
      for s in r:shortfalls() do
        out:item("{s.text}", { s = s })
      end
    end,

    ["II.III.2.2"] = function(r, out)
      for s in r:shortfalls() do
        out:item("[{s.cause}]", { s = s })
      end
    end,
  },
}
