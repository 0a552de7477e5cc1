using CsCheck;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Invariants;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class SelectorTests
{
    private const int Cases = 10_000;

    private static readonly Gen<TargetSelector> Leaf = Gen.Select(
        Chaos.OneOf("", "", Some.ScaleSet, "Microsoft.Web/serverfarms"), Chaos.OneOf("", "", "shop", "SHOP", "other"),
        Chaos.OneOf("", "", "westeurope", "northeurope"), Chaos.OneOf("", "", "app", "env", "APP"), Chaos.OneOf("a", "b").Array[1, 2],
        Chaos.OneOf("", "", "mg-prod", "MG-PROD", "mg-root"),
        (type, group, region, tag, values, management) => new TargetSelector
        {
            ManagementGroup = management,
            ResourceType = type,
            ResourceGroup = group,
            Name = group == "other" ? "web" : "",
            Region = region,
            Tags = tag.Length == 0
                ? new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase)
                : new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase) { [tag] = values },
        }).Where(leaf => !leaf.IsEmpty);

    internal static readonly Gen<TargetSelector> Any = Of(3);

    internal static readonly Gen<ObservedTarget> AnyTarget = Gen.Select(
        Chaos.OneOf("westeurope", "northeurope"), Chaos.OneOf("a", "b", "c"), Chaos.OneOf("a", "b", "c"), Gen.Bool, Gen.Bool, Gen.Bool,
        (region, app, env, hasApp, hasEnv, isProduction) => Some.Target() with
        {
            ManagementGroups = new ManagementGroups.Read(isProduction ? ["mg-prod", "mg-root"] : ["mg-root"]),
            Region = region,
            Tags = new TargetTags.Known(new Dictionary<string, string>(
                new[] { ("app", app, hasApp), ("env", env, hasEnv) }.Where(tag => tag.Item3).Select(tag => KeyValuePair.Create(tag.Item1, tag.Item2)))),
        });

    [Theory]
    [InlineData("select: { all: [ { type: vmss }, { tags: { app: shop } } ] }", true)]
    [InlineData("select: { all: [ { type: vmss }, { tags: { app: other } } ] }", false)]
    [InlineData("select: { any: [ { tags: { app: other } }, { resourceGroup: RG-shop } ] }", true)]
    [InlineData("select: { any: [ { tags: { app: other } }, { resourceGroup: rg } ] }", false)]
    [InlineData("select: { type: vmss, not: [ { tags: { stateful: \"true\" } } ] }", true)]
    [InlineData("select: { type: vmss, not: [ { tags: { app: shop } } ] }", false)]
    [InlineData("select: { all: [ { any: [ { region: northeurope }, { region: WestEurope } ] } ], not: [ { all: [ { type: vmss }, { tags: { app: [a, b] } } ] } ] }", true)]
    [InlineData("select: { region: northeurope }", false)]
    [InlineData("select: { name: WEB, type: vmss }", true)]
    [InlineData("select: { name: web-2 }", false)]
    [InlineData("select: { type: vmss, not: [ { name: web } ] }", false)]
    [InlineData("select: { type: plan }", false)]
    [InlineData("select: { type: microsoft.web/serverFarms }", false)]
    [InlineData("select: { region: westeurope, not: [ { type: plan } ] }", true)]
    public void Selects_by_all_any_and_not(string select, bool isSelected)
    {
        var policies = PolicyTexts.Read($"apiVersion: scalefunctions/v1\nkind: Workload\nmetadata: {{ name: w }}\nspec:\n  {select}\n");

        Assert.Empty(policies.Errors);
        Assert.Equal(isSelected, policies.Workloads[0].Select.Selects(PolicyTexts.Target(("app", "shop"))));
    }

    [Theory]
    [InlineData("select: {}", "5:11: 'spec.select' selects nothing; give at least one of type, name, resourceGroup, subscription, managementGroup, region, tags, all, any, not")]
    [InlineData("select: { not: [ { type: vmss } ] }", "5:11: 'spec.select' says only what is left out, which would select everything else; say what is selected")]
    [InlineData("select: { all: [ { type: vmss }, {} ] }", "5:36: 'spec.select.all[1]' selects nothing; give at least one of type, name, resourceGroup, subscription, managementGroup, region, tags, all, any, not")]
    [InlineData("select: { any: [] }", "5:18: 'spec.select.any' is an empty list; give at least one item")]
    [InlineData("select: { region: West Europe }", "5:21: 'spec.select.region' must be the name of an Azure region without blanks, such as westeurope, but is 'West Europe'")]
    [InlineData("select: { managementGroup: my group }", "5:30: 'spec.select.managementGroup' must be the id of a management group: up to 90 letters, digits, '-', '_', '.', '(' or ')', but is 'my group'")]
    public void Refuses_a_selection_that_says_nothing(string select, string error) => Assert.Equal(
        [error], PolicyTexts.Errors($"apiVersion: scalefunctions/v1\nkind: Workload\nmetadata: {{ name: w }}\nspec:\n  {select}\n"));

    [Fact]
    public void A_selector_without_criteria_selects_nothing() => Any.Select(AnyTarget).Sample(
        (selector, target) =>
        {
            var (empty, excluding) = (new TargetSelector(), new TargetSelector { Not = [selector] });
            return !empty.Selects(target) && !excluding.Selects(target);
        },
        iter: Cases);

    [Fact]
    public void Invariant_9_tags_that_were_not_read_select_nothing_more() => Any.Select(AnyTarget).Sample(
        (selector, target) =>
            !selector.Selects(target with { Tags = new TargetTags.Unknown("403") }) || selector.Selects(target),
        iter: Cases);

    [Fact]
    public void Invariant_9_management_groups_that_were_not_read_select_nothing_more() => Any.Select(AnyTarget).Sample(
        (selector, target) =>
            !selector.Selects(target with { ManagementGroups = new ManagementGroups.Unread("403") }) || selector.Selects(target),
        iter: Cases);

    [Theory]
    [InlineData("managementGroup: mg-prod", true)]
    [InlineData("managementGroup: MG-Root", true)]
    [InlineData("managementGroup: mg-sandbox", false)]
    [InlineData("type: vmss, not: [ { managementGroup: mg-sandbox } ]", true)]
    [InlineData("type: vmss, not: [ { managementGroup: mg-prod } ]", false)]
    public void Selects_by_management_groups_at_any_height_and_by_none_that_was_not_read(string select, bool isSelected)
    {
        var policies = PolicyTexts.Read($"apiVersion: scalefunctions/v1\nkind: Workload\nmetadata: {{ name: w }}\nspec:\n  select: {{ {select} }}\n");
        var target = PolicyTexts.Target() with { ManagementGroups = new ManagementGroups.Read(["mg-prod", "mg-root"]) };

        Assert.Empty(policies.Errors);
        Assert.Equal(isSelected, policies.Workloads[0].Select.Selects(target));
        var unread = target with { ManagementGroups = new ManagementGroups.Unread("HTTP 500") };
        Assert.False(policies.Workloads[0].Select.Selects(unread));
        Assert.Equal(
            "no workload selects it; its management groups could not be read: HTTP 500",
            Assert.IsType<TargetPolicies.None>(policies.For(unread)).Reason);
    }

    [Fact]
    public void What_lies_within_is_selected_by_both() => Any.Select(Any, AnyTarget).Sample(
        (inner, outer, target) => !SelectorOverlap.IsWithin(inner, outer) || !inner.Selects(target) || outer.Selects(target),
        iter: 10 * Cases);

    [Fact]
    public void Every_selection_lies_within_itself_and_within_its_parts() => Any.Sample(
        selector => SelectorOverlap.IsWithin(selector, selector)
            && selector.All.All(part => SelectorOverlap.IsWithin(selector, part))
            && SelectorOverlap.IsWithin(selector with { Not = [.. selector.Not, new TargetSelector { Region = "x" }] }, selector),
        iter: Cases);

    private static Gen<TargetSelector> Of(int depth) => depth == 0 ? Leaf : Gen.Frequency(
        (3, Leaf),
        (2, Gen.Select(Leaf, Of(depth - 1).Array[0, 2], Of(depth - 1).Array[0, 2], Of(depth - 1).Array[0, 1], (leaf, all, any, not) => leaf with { All = all, Any = any, Not = not })));
}
