namespace ScaleFunctions.Core.Forecasts.Decomposition;

/// <summary>Arrays of one STL fit, made once so that its rounds allocate nothing.</summary>
internal sealed class StlRoom(int points, int period)
{
    private readonly CycleSmoother?[] _smoothers = new CycleSmoother?[2];

    public double[] Detrended { get; } = new double[points];

    public double[] Low { get; } = new double[points];

    public double[] Weights { get; } = new double[points];

    public double[] Cycles { get; } = new double[points + (2 * period)];

    public double[] First { get; } = new double[points + (2 * period)];

    public double[] Second { get; } = new double[points + (2 * period)];

    /// <summary>One place of the cycle, over all cycles.</summary>
    public double[] One { get; } = new double[((points - 1) / period) + 1];

    public double[] OneRobustness { get; } = new double[((points - 1) / period) + 1];

    public double[] OneSmooth { get; } = new double[((points - 1) / period) + 3];

    /// <summary>Places of the cycle have one of two counts of cycles, so there are two smoothers.</summary>
    public CycleSmoother Smoother(Loess loess, int cycles)
    {
        ref var smoother = ref _smoothers[One.Length - cycles];
        return smoother ??= new(loess, cycles);
    }
}
