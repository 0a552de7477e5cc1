using System.Globalization;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>How the memory and the handles of a process went, tick by tick.</summary>
internal sealed class Course
{
    private const double TicksOfDay = 24 * 60;
    private const double Mebibyte = 1024 * 1024;

    private readonly IReadOnlyList<double[]> _samples;

    private Course(IReadOnlyList<double[]> samples) => _samples = samples;

    public int Count => _samples.Count;

    /// <summary>Of the heap after a full collection, in MiB a simulated day.</summary>
    public double HeapSlope => Slope(1);

    /// <summary>Of resident memory, in MiB a simulated day; the system takes back late what is free.</summary>
    public double ResidentSlope => Slope(2);

    public double LeastHandles => _samples.Min(sample => sample[3]);

    public double MostHandles => _samples.Max(sample => sample[3]);

    /// <summary>Reads what the hook wrote, without the first third: caches fill then.</summary>
    public static Course Read(string file)
    {
        var samples = File.ReadAllLines(file).Select(line => line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray()).ToList();
        return new Course([.. samples.Skip(samples.Count / 3)]);
    }

    /// <summary>The straight line with the least squares.</summary>
    private double Slope(int column)
    {
        var (x, y) = (_samples.Average(sample => sample[0]), _samples.Average(sample => sample[column]));
        var slope = _samples.Sum(sample => (sample[0] - x) * (sample[column] - y)) / _samples.Sum(sample => (sample[0] - x) * (sample[0] - x));
        return slope * TicksOfDay / Mebibyte;
    }
}
