using System.Globalization;
using System.Runtime.CompilerServices;

namespace ScaleFunctions.Core.Tests.Forecasts;

/// <summary>A table of numbers beside the tests.</summary>
internal sealed class Fixture
{
    private readonly string[] _names;
    private readonly double[][] _rows;

    private Fixture(string[] lines)
    {
        _names = lines[0].Split(',');
        _rows = [.. lines.Skip(1).Select(line => Array.ConvertAll(line.Split(','), cell => double.Parse(cell, CultureInfo.InvariantCulture)))];
    }

    public static Fixture Read(string name) => new(File.ReadAllLines(Path.Combine(Here(), "Fixtures", name)));

    public double[] Column(string name) => [.. _rows.Select(row => row[Array.IndexOf(_names, name)])];

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
