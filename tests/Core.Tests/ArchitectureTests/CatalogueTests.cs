using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.Tests.ArchitectureTests;

/// <summary>What is written but not in its catalogue is never asked.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public void Every_scaling_rule_is_in_its_catalogue_once() => HasEach(DecisionRules.Scaling);

    [Fact]
    public void Every_guard_is_in_its_catalogue_once() => HasEach(
        PlanGuards.All.Concat(PlanGuards.OfSizes).DistinctBy(guard => guard.GetType()));

    [Fact]
    public void No_guard_is_asked_twice_of_one_change() => Assert.All(
        [PlanGuards.All, PlanGuards.OfSizes], guards => Assert.Equal(guards.Count, guards.DistinctBy(guard => guard.GetType()).Count()));

    [Fact]
    public void What_happens_without_each_guard_is_told()
    {
        var rows = File.ReadLines(Path.Combine(Sources.Core, "..", "..", "docs", "reliability.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();

        Assert.All(
            PlanGuards.All.Concat(PlanGuards.OfSizes).Select(guard => guard.GetType().Name),
            name => Assert.Contains(rows, row => row.StartsWith($"| `{name}` |", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_forecast_model_is_in_its_catalogue_once() => HasEach(ForecastModels.All);

    private static void HasEach<T>(IEnumerable<T> catalogue)
        where T : class => Assert.Equal(
            typeof(T).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T)))
                .Select(type => type.FullName!).Order(StringComparer.Ordinal),
            catalogue.Select(each => each.GetType().FullName!).Order(StringComparer.Ordinal));
}
