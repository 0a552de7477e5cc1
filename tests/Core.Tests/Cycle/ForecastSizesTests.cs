using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>A forecast that was learned on the middle size.</summary>
public sealed class ForecastSizesTests
{
    private static readonly ForecastState Learned = new() { Signal = "cpu", HasHistory = true, Size = SomeSizes.Middle, IsAccepted = true, Grid = LoadGrid.Empty.Take([Bin(-60)]) };

    private static readonly TargetRow Row = new() { Target = Some.Id() };

    [Fact]
    public void Of_the_size_there_is_it_goes_on()
    {
        var state = Of(SomeSizes.Middle.ToUpperInvariant(), Row);

        Assert.Equal((1, true, true), (state.Grid.Loads.Count, state.HasHistory, state.IsAccepted));
    }

    [Fact]
    public void Of_another_size_it_begins_anew_and_takes_only_what_was_seen_since()
    {
        var state = Of(SomeSizes.Small, Row);

        Assert.Equal((SomeSizes.Small, Some.Noon, 0, false), (state.Size, state.SizeSince, state.Grid.Loads.Count, state.IsAccepted));
        Assert.True(state.HasHistory);
        Assert.Equal([Some.At(0), Some.At(15)], ForecastSizes.Since(state, [Bin(-15), Bin(0), Bin(15)]).Select(bin => bin.At));
    }

    [Fact]
    public void While_a_size_is_rolled_out_nothing_is_learned_of_both_at_once()
    {
        var rolling = Row with { RollOut = new RollOut(1, SomeSizes.Middle, SomeSizes.Small, RollOutTerms.Default, 0, Some.At(-20)) };
        var begun = ForecastSizes.Of(Learned, Some.Signal(), Target(SomeSizes.Small), rolling, Some.Noon);
        var later = ForecastSizes.Of(begun, Some.Signal(), Target(SomeSizes.Small), rolling, Some.At(15));
        var over = ForecastSizes.Of(later, Some.Signal(), Target(SomeSizes.Small), Row with { Sizes = SizeHistory.Empty with { Seen = new SeenSize(SomeSizes.Small, Some.At(20)) } }, Some.At(30));

        Assert.Equal([Some.Noon, Some.At(15), Some.At(20)], new[] { begun, later, over }.Select(state => state.SizeSince));
    }

    /// <summary>A first look asks Azure for two weeks: what is older than the size is none of them.</summary>
    [Fact]
    public void A_first_look_takes_no_history_of_an_earlier_size()
    {
        var seen = Row with { Sizes = SizeHistory.Empty with { Seen = new SeenSize(SomeSizes.Middle, Some.At(-600)) } };
        var state = ForecastSizes.Of(new ForecastState { Signal = "cpu" }, Some.Signal(), Target(SomeSizes.Middle), seen, Some.Noon);

        Assert.Equal((SomeSizes.Middle, Some.At(-600), false), (state.Size, state.SizeSince, state.HasHistory));
    }

    /// <summary>What all instances carry together is the same on any size.</summary>
    [Fact]
    public void A_total_has_no_size() =>
        Assert.Same(Learned, ForecastSizes.Of(Learned, Some.Signal() with { Measures = SignalMeasure.Total }, Target(SomeSizes.Small), Row, Some.Noon));

    private static ForecastState Of(string size, TargetRow row) => ForecastSizes.Of(Learned, Some.Signal(), Target(size), row, Some.Noon);

    private static ObservedTarget Target(string size) => Some.Target() with { Sku = size };

    private static LoadBin Bin(int minute) => new(LoadBin.StartOf(Some.At(minute)), 100, 1, IsCapped: false);
}
