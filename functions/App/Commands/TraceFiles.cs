using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.App.Commands;

/// <summary>Recordings on disk.</summary>
internal static class TraceFiles
{
    private const string Expected = "expected CSV with lines 'timestamp,value'";

    /// <summary>The points of a file; lines without a value are gaps.</summary>
    public static IReadOnlyList<LoadPoint> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserErrorException($"{path}: {(Directory.Exists(path) ? "this is a directory" : "the file does not exist")}; {Expected}");
        }

        try
        {
            return [.. TraceText.Read(File.ReadAllText(path), path, TraceRule.Measured).Select(point => new LoadPoint(point.At, point.Value))];
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(exception.Message, exception);
        }
    }

    /// <summary>The CSV files of a directory, by name.</summary>
    public static IReadOnlyList<string> In(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new UserErrorException($"no directory {directory}; --traces names one with CSV files");
        }

        var files = Directory.GetFiles(directory, "*.csv").Order(StringComparer.Ordinal).ToArray();
        return files.Length > 0 ? files : throw new UserErrorException($"no CSV file in {directory}; {Expected}");
    }
}
