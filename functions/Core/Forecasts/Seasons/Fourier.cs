using System.Numerics;

namespace ScaleFunctions.Core.Forecasts.Seasons;

/// <summary>The fast Fourier transform of Cooley and Tukey (1965), for lengths that are powers of two.</summary>
internal static class Fourier
{
    /// <summary>Transforms in place; forward with sign −1, back with +1 (not divided by the length).</summary>
    public static void Transform(Complex[] values, int sign)
    {
        Reorder(values);
        for (var length = 2; length <= values.Length; length *= 2)
        {
            var turn = Complex.FromPolarCoordinates(1, sign * 2 * Math.PI / length);
            for (var start = 0; start < values.Length; start += length)
            {
                var factor = Complex.One;
                for (var i = start; i < start + (length / 2); i++)
                {
                    var (left, right) = (values[i], values[i + (length / 2)] * factor);
                    values[i] = left + right;
                    values[i + (length / 2)] = left - right;
                    factor *= turn;
                }
            }
        }
    }

    private static void Reorder(Complex[] values)
    {
        for (int i = 1, mirrored = 0; i < values.Length; i++)
        {
            var bit = values.Length / 2;
            for (; (mirrored & bit) != 0; bit /= 2)
            {
                mirrored ^= bit;
            }

            mirrored ^= bit;
            if (i < mirrored)
            {
                (values[i], values[mirrored]) = (values[mirrored], values[i]);
            }
        }
    }
}
