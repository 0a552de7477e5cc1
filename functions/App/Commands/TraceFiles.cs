using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.App.Commands;

/// <summary>Recorded load in the CSV files of a directory.</summary>
internal static class TraceFiles
{
    /// <summary>Reads what is wanted of every trace. Everything wrong in any of the files is told at once.</summary>
    /// <exception cref="UserErrorException">There is none, or one cannot be read.</exception>
    public static IReadOnlyList<T> Read<T>(string directory, Func<string, IReadOnlyList<TracePoint>, T> read)
    {
        if (!Directory.Exists(directory))
        {
            throw new UserErrorException($"{directory} {(File.Exists(directory) ? "is a file" : "does not exist")}; name a directory of CSV files with lines 'timestamp,value'");
        }

        var found = new List<T>();
        var wrong = new List<string>();
        foreach (var file in Directory.EnumerateFiles(directory, "*.csv").Order(StringComparer.Ordinal))
        {
            try
            {
                found.Add(read(file, TraceText.Read(File.ReadAllText(file), file, TraceRule.Measured)));
            }
            catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
            {
                wrong.Add(exception.Message.StartsWith(file, StringComparison.Ordinal) ? exception.Message : $"{file}: {exception.Message}");
            }
        }

        return wrong.Count > 0 ? throw new UserErrorException(string.Join("\nerror: ", wrong))
            : found.Count > 0 ? found
            : throw new UserErrorException($"{directory} holds no CSV file; expected files with lines 'timestamp,value'");
    }
}
