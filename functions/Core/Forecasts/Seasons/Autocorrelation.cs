using System.Numerics;

namespace ScaleFunctions.Core.Forecasts.Seasons;

/// <summary>How a series resembles itself some steps before.</summary>
public static class Autocorrelation
{
    /// <summary>Correlations at lags 0 to <paramref name="lags"/>, from the power spectrum of the values with zeros after them.</summary>
    /// <returns>lags + 1 numbers between −1 and 1, the first of them 1; all 0 for a constant.</returns>
    public static double[] Of(ReadOnlySpan<double> values, int lags)
    {
        var (n, mean) = (values.Length, 0d);
        foreach (var value in values)
        {
            mean += value / n;
        }

        var spectrum = new Complex[(int)BitOperations.RoundUpToPowerOf2((uint)(n + lags + 1))];
        for (var i = 0; i < n; i++)
        {
            spectrum[i] = values[i] - mean;
        }

        Fourier.Transform(spectrum, -1);
        for (var i = 0; i < spectrum.Length; i++)
        {
            spectrum[i] *= Complex.Conjugate(spectrum[i]);
        }

        Fourier.Transform(spectrum, 1);
        var variance = spectrum[0].Real;
        var correlations = new double[lags + 1];
        for (var lag = 0; variance > 0 && lag <= lags; lag++)
        {
            correlations[lag] = spectrum[lag].Real / variance;
        }

        return correlations;
    }
}
