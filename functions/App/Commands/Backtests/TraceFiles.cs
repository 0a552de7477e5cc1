using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.App.Commands.Backtests;

/// <summary>Recordings on disk.</summary>
internal static class TraceFiles
{
    private const string Expected = "expected CSV with lines 'timestamp,value'";

    /// <summary>The points of a file; lines without a value are gaps.</summary>
    /// <exception cref="UserErrorException">It is not there, or a line is wrong.</exception>
    public static IReadOnlyList<LoadPoint> Read(string path) => [.. Points(path).Select(point => new LoadPoint(point.At, point.Value))];

    /// <summary>The points of a file that is replayed as demand: each value is there and not negative.</summary>
    /// <exception cref="UserErrorException">It is not there, or a line is wrong.</exception>
    public static IReadOnlyList<TracePoint> ReadDemand(string path) => Points(path, TraceRule.Demand);

    /// <summary>Makes something of each file of a directory. What is wrong in any of them is told at once.</summary>
    /// <exception cref="UserErrorException">There is none, or one cannot be used.</exception>
    public static IReadOnlyList<T> ReadAll<T>(string directory, Func<string, IReadOnlyList<TracePoint>, T> read)
    {
        var found = new List<T>();
        var wrong = new List<string>();
        foreach (var file in In(directory))
        {
            try
            {
                found.Add(read(file, Points(file)));
            }
            catch (Exception exception) when (exception is UserErrorException or FormatException)
            {
                wrong.Add(exception.Message.StartsWith(file, StringComparison.Ordinal) ? exception.Message : $"{file}: {exception.Message}");
            }
        }

        return wrong.Count == 0 ? found : throw new UserErrorException(string.Join("\nerror: ", wrong));
    }

    /// <summary>The CSV files of a directory, by name.</summary>
    /// <exception cref="UserErrorException">There is no such directory, or none in it.</exception>
    public static IReadOnlyList<string> In(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new UserErrorException($"{directory} {(File.Exists(directory) ? "is a file" : "does not exist")}; name a directory of CSV files with lines 'timestamp,value'");
        }

        var files = Directory.GetFiles(directory, "*.csv").Order(StringComparer.Ordinal).ToArray();
        return files.Length > 0 ? files : throw new UserErrorException($"{directory} holds no CSV file; {Expected}");
    }

    private static IReadOnlyList<TracePoint> Points(string path, TraceRule rule = TraceRule.Measured)
    {
        if (!File.Exists(path))
        {
            throw new UserErrorException($"{path}: {(Directory.Exists(path) ? "this is a directory" : "the file does not exist")}; {Expected}");
        }

        try
        {
            return TraceText.Read(File.ReadAllText(path), path, rule);
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(exception.Message, exception);
        }
    }
}
