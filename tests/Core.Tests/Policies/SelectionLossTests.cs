using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class SelectionLossTests
{
    private static readonly PolicySet All = Selecting("select: { type: vmss, tags: { app: shop } }");

    [Theory]
    [InlineData(10, 2, false)]
    [InlineData(10, 3, true)]
    [InlineData(100, 20, false)]
    [InlineData(100, 21, true)]
    [InlineData(3, 1, false)]
    [InlineData(3, 2, true)]
    [InlineData(1, 1, false)]
    [InlineData(2, 2, true)]
    public void Is_one_when_more_than_one_in_five_and_more_than_one_are_left_to_nobody(int governed, int lost, bool isLoss)
    {
        var loss = SelectionLoss.Between(All, Selecting("select: { type: vmss, tags: { app: shop, ring: stays } }"), Estate(governed, lost));

        Assert.Equal(isLoss, loss is not null);
        Assert.True(loss is null || (loss.Known == governed && loss.Missing == lost), loss?.ToString());
    }

    /// <summary>Fewer guardrails or calendars bind less; another of them in the place of one is an edit.</summary>
    [Theory]
    [InlineData("one", "", "take away the guardrails 'one'")]
    [InlineData("one two", "two", "take away the guardrails 'one'")]
    [InlineData("one", "two", null)]
    [InlineData("one", "one", null)]
    [InlineData("", "one", null)]
    public void Bounds_that_are_gone_are_one_however_few_resources_there_are(string before, string after, string? text)
    {
        Assert.Equal(text, SelectionLoss.Between(Bounded(before), Bounded(after), Estate(1, 0))?.Text);

        static PolicySet Bounded(string names) => All with
        {
            Guardrails = [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => new GuardrailsPolicy { Name = name, Source = Some.Source })],
        };
    }

    [Fact]
    public void Names_three_of_them() =>
        Assert.Equal("set-0, set-1, set-2 and 2 more", SelectionLoss.Between(All, Selecting("select: { name: none }"), Estate(5, 5))?.Which);

    [Fact]
    public void What_joins_does_not_make_up_for_what_goes()
    {
        var estate = Estate(4, 4).Concat(Enumerable.Range(0, 9).Select(i => Target($"new-{i}", "other", "stays"))).ToList();

        Assert.Equal(4, SelectionLoss.Between(All, Selecting("select: { type: vmss, tags: { app: other } }"), estate)?.Missing);
    }

    [Fact]
    public void A_set_that_selects_more_or_is_the_same_loses_nothing()
    {
        Assert.Null(SelectionLoss.Between(All, Selecting("select: { type: vmss }"), Estate(9, 9)));
        Assert.Null(SelectionLoss.Between(All, All, Estate(9, 9)));
        Assert.Null(SelectionLoss.Between(All, Selecting("select: { name: none }"), []));
    }

    private static PolicySet Selecting(string select) => PolicyTexts.Read(
        ("workload.yml", $"apiVersion: scalefunctions/v1\nkind: Workload\nmetadata: {{ name: web-shop, owner: team-shop }}\nspec:\n  {select}\n  mode: act\n"),
        ("horizontal.yml", PolicyTexts.Horizontal));

    private static List<ObservedTarget> Estate(int governed, int lost) =>
        [.. Enumerable.Range(0, governed).Select(i => Target($"set-{i}", "shop", i < lost ? "goes" : "stays"))];

    private static ObservedTarget Target(string name, string app, string ring) => Some.Target() with
    {
        Id = TargetId.Parse($"/subscriptions/5f0c54a4-3c5d-4c4e-9a3d-0d1d6f6b1a01/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachineScaleSets/{name}"),
        Tags = new TargetTags.Known(new Dictionary<string, string> { ["app"] = app, ["ring"] = ring }),
    };
}
