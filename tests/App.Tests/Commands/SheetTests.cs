using System.Text.Json;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Commands.Operations;
using ScaleFunctions.App.Hosting;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class SheetTests
{
    [Fact]
    public void Markdown_stays_one_table_whatever_the_cells_hold()
    {
        var sheet = new Sheet("what", "why");
        sheet.Add("a|b", "c\\d <script>\ne\u001b[31m");

        var lines = sheet.Markdown().Split('\n');

        Assert.Equal(["| what | why |", "| --- | --- |", "| a\\|b | c\\\\d &lt;script> e\uFFFD[31m |"], lines);
    }

    [Fact]
    public void Csv_quotes_what_would_split_a_cell()
    {
        var sheet = new Sheet("what", "why");
        sheet.Add("a,b", "say \"no\"");

        Assert.Equal("what,why\n\"a,b\",\"say \"\"no\"\"\"", sheet.Csv());
    }

    [Theory]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("+a", "'+a")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@sum", "'@sum")]
    [InlineData("-2.5", "-2.5")]
    public void Csv_has_no_formulas_that_a_spreadsheet_would_obey(string cell, string written)
    {
        var sheet = new Sheet("what");
        sheet.Add(cell);

        Assert.Equal($"what\n{written}", sheet.Csv());
    }

    [Fact]
    public void Json_keeps_control_characters_escaped()
    {
        var line = new KillSwitchLine(IsSet: true, "a\u001bb", "say \"no\" | \u202E", At: null);

        var text = JsonSerializer.Serialize(line, AppJson.Default.KillSwitchLine);

        Assert.Equal(text, Terminal.Printable(text));
        Assert.Equal(line, JsonSerializer.Deserialize(text, AppJson.Default.KillSwitchLine));
    }
}
