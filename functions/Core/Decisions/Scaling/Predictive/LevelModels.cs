namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>What each model said, minute by minute, at the time it said it: errors taken from this are out of sample.</summary>
internal sealed class LevelModels
{
    // An idle service's error is not measured in nothing.
    private const double LeastShareOfLevel = 0.01;
    private const double LeastSpread = 0.02;
    private const double LeastVolatility = 0.05;

    private readonly RecentValues[] _centres;
    private readonly RecentValues _volatility;
    private readonly RecentValues _spread;
    private readonly LearnedBand _band;
    private readonly LoadFeatures _features = new();
    private readonly int _leadMinutes;
    private double _level = 1;
    private long _bandMinutes;

    public LevelModels(int leadMinutes, int historyMinutes, int minutesKept)
    {
        _leadMinutes = leadMinutes;
        _centres = [.. Enum.GetValues<LoadCentre>().Select(_ => new RecentValues(minutesKept))];
        _volatility = new RecentValues(minutesKept);
        _spread = new RecentValues(minutesKept);
        _band = new LearnedBand(leadMinutes, historyMinutes);
    }

    /// <summary>For how many minutes the learned band has said something.</summary>
    public long BandMinutes => _bandMinutes;

    public void Observe(LoadMemory history)
    {
        _features.Compute(history, _leadMinutes);
        var load = history.Load;
        var present = load[^1];
        Add(LoadCentre.Present, present);
        Add(LoadCentre.HalfGrowth, present + (0.5 * _features.Growth));
        Add(LoadCentre.Growth, present + _features.Growth);
        Add(LoadCentre.Trend, present + (_leadMinutes * (present - load[^2])));
        Add(LoadCentre.Mean5, _features.Mean5);
        Add(LoadCentre.Mean15, _features.Mean15);
        Add(LoadCentre.Mean60, _features.Mean60);
        _volatility.Add((0.5 * history.FastVolatility) + (0.5 * history.SlowVolatility) + LeastVolatility);
        var (centre, spread) = _band.IsFitted ? _band.Predict(_features.Row, LeastSpread * _level) : (present, 1);
        _bandMinutes += _band.IsFitted ? 1 : 0;
        Add(LoadCentre.Learned, centre);
        _spread.Add(spread);
        _band.Learn(_features.Row, present);
    }

    public void RefreshLevel(LoadMemory history) => _level = history.Level();

    public void Fit() => _band.Fit(_level);

    /// <summary>The centres of a model, the latest last.</summary>
    public ReadOnlySpan<double> Centres(LevelModel model) => _centres[(int)model.Centre].All;

    /// <summary>Writes the scales that belong to the last centres of a model.</summary>
    public void CopyScales(LevelModel model, Span<double> scales)
    {
        var centres = Centres(model)[^scales.Length..];
        switch (model.Scale)
        {
            case ErrorScale.One:
                scales.Fill(1);
                break;
            case ErrorScale.Volatility:
                _volatility.All[^scales.Length..].CopyTo(scales);
                break;
            case ErrorScale.Learned:
                _spread.All[^scales.Length..].CopyTo(scales);
                break;
            default:
                var least = LeastShareOfLevel * _level;
                for (var i = 0; i < scales.Length; i++)
                {
                    var centre = Math.Max(centres[i], least);
                    scales[i] = model.Scale == ErrorScale.Root ? Math.Sqrt(centre) : centre;
                }

                break;
        }
    }

    private void Add(LoadCentre centre, double value) => _centres[(int)centre].Add(Math.Max(value, 0));
}
