using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The page tells the codes that there are, and no others.</summary>
public sealed partial class ExitCodesTests
{
    [Fact]
    public void Are_the_ones_of_the_page()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md")).Split("## Exit codes")[1].Split("\n## ")[0];
        var told = Row().Matches(page).Select(row => int.Parse(row.Groups["code"].Value, CultureInfo.InvariantCulture)).ToList();

        var known = typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!).ToList();

        Assert.Equal(known.Order(), told.Order());
        Assert.Equal(known.Count, known.Distinct().Count());
    }

    [GeneratedRegex(@"^\| (?<code>\d+) \| .{4,}", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
