using CsCheck;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Tests.Forecasts;

/// <summary>What holds of every model by itself.</summary>
public sealed class ForecastModelsTests
{
    public static TheoryData<string> Names { get; } = [.. ForecastModels.All.Select(model => model.Name)];

    [Fact]
    public void Names_are_apart() => Assert.Equal(ForecastModels.All.Count, ForecastModels.All.Select(model => model.Name).Distinct().Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_path_uses_nothing_at_or_after_its_origin(string name)
    {
        var model = ForecastModels.Named(name);
        var (values, origin) = (Loads.Daily(days: 32, seed: 3), 30 * 24);
        var changed = values.Select((value, i) => i < origin ? value : 1_000 - value).ToArray();

        Assert.Equal(Path(model, values, [origin])[0], Path(model, changed, [origin])[0]);
    }

    /// <summary>The first origin may set parameters, which later ones then share.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Origins_between_do_not_change_a_path(string name)
    {
        var model = ForecastModels.Named(name);
        var values = Loads.Daily(days: 32, seed: 4);

        // Sums are made in other pieces, so the last digits may differ.
        Assert.All(
            Path(model, values, [360, 700])[1].Zip(Path(model, values, [360, 500, 700])[2]), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_a_number_for_every_load_that_it_says_it_can_fit(string name)
    {
        var model = ForecastModels.Named(name);
        Loads.Any.Select(values => model.CanFit(values.Length, 24) ? values : [.. Enumerable.Range(0, 400).Select(i => values[i % values.Length])]).Sample(
            values => Assert.All(Path(model, values, [values.Length], horizon: 60)[0], value => Assert.True(double.IsFinite(value))), iter: 40);
    }

    private static double[][] Path(IForecastModel model, double[] values, int[] origins, int horizon = 24)
    {
        var paths = origins.Select(_ => new double[horizon]).ToArray();
        model.Forecast(new SeriesWindow(values, 24, 24, horizon), origins, paths);
        return paths;
    }
}
