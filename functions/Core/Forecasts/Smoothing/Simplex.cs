namespace ScaleFunctions.Core.Forecasts.Smoothing;

/// <summary>The least of a function of three numbers, by the simplex of Nelder and Mead (1965).</summary>
/// <param name="Point">Where it is.</param>
/// <param name="Value">What it is.</param>
internal sealed record Simplex(double[] Point, double Value)
{
    private const int Steps = 120;
    private const double Size = 0.7;
    private const double Tolerance = 1e-7;

    public static Simplex Search(DampedErrors errors, double[] start)
    {
        var corners = new Simplex[start.Length + 1];
        corners[0] = new(start, errors.At(start));
        for (var i = 0; i < start.Length; i++)
        {
            var point = (double[])start.Clone();
            point[i] += Size;
            corners[i + 1] = new(point, errors.At(point));
        }

        for (var step = 0; step < Steps; step++)
        {
            Array.Sort(corners, static (a, b) => a.Value.CompareTo(b.Value));
            if (corners[^1].Value - corners[0].Value <= Tolerance * Math.Abs(corners[0].Value))
            {
                break;
            }

            Move(errors, corners);
        }

        return corners.MinBy(corner => corner.Value)!;
    }

    private static void Move(DampedErrors errors, Simplex[] corners)
    {
        var worst = corners[^1];
        var centre = Centre(corners);
        var mirrored = Toward(errors, centre, worst.Point, -1);
        if (mirrored.Value < corners[0].Value)
        {
            var further = Toward(errors, centre, worst.Point, -2);
            corners[^1] = further.Value < mirrored.Value ? further : mirrored;
            return;
        }

        if (mirrored.Value < corners[^2].Value)
        {
            corners[^1] = mirrored;
            return;
        }

        var nearer = mirrored.Value < worst.Value
            ? Toward(errors, centre, mirrored.Point, 0.5)
            : Toward(errors, centre, worst.Point, 0.5);
        if (nearer.Value < Math.Min(worst.Value, mirrored.Value))
        {
            corners[^1] = nearer;
            return;
        }

        for (var i = 1; i < corners.Length; i++)
        {
            corners[i] = Toward(errors, corners[0].Point, corners[i].Point, 0.5);
        }
    }

    private static Simplex Toward(DampedErrors errors, double[] from, double[] to, double share)
    {
        var point = new double[from.Length];
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = from[i] + (share * (to[i] - from[i]));
        }

        return new(point, errors.At(point));
    }

    private static double[] Centre(Simplex[] corners)
    {
        var centre = new double[corners.Length - 1];
        for (var c = 0; c < corners.Length - 1; c++)
        {
            for (var i = 0; i < centre.Length; i++)
            {
                centre[i] += corners[c].Point[i] / centre.Length;
            }
        }

        return centre;
    }
}
