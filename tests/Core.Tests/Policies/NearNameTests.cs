using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class NearNameTests
{
    [Theory]
    [InlineData("minimun", "minimum", 1)]
    [InlineData("maxmium", "maximum", 1)]
    [InlineData("Percent", "percent", 0)]
    [InlineData("", "per", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void Counts_edits(string left, string right, int edits)
    {
        Assert.Equal(edits, NearName.Distance(left, right));
        Assert.Equal(edits, NearName.Distance(right, left));
    }

    [Theory]
    [InlineData("coldown", "; did you mean 'cooldown'?")]
    [InlineData("banana", "")]
    public void Hints_only_at_near_names(string written, string hint) =>
        Assert.Equal(hint, NearName.Hint(written, ["stabilization", "cooldown", "atMost"]));
}
