using System.CommandLine;
using ScaleFunctions.App.Reports;

namespace ScaleFunctions.App.Commands.Exports;

/// <summary>Writes what the policies come to as two JSON files, or tells whether those there are current.</summary>
internal static class ExportCommand
{
    private const string UsualPlace = "docs";

    public static Command Create()
    {
        var policies = SharedOptions.Policies();
        var place = new Option<string>("--out") { Description = "Directory of the files.", HelpName = "DIR", DefaultValueFactory = _ => UsualPlace };
        var check = new Option<bool>("--check") { Description = "Write nothing; exit code 1, and what differs, when the files are not current." };
        var command = new Verb(
            "export", $"Write what the policies come to, each value with its origin, as {PolicyExports.Performance} and {PolicyExports.Costs}.", "sf export --out docs", "sf export --check") { policies, place, check };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(parsed.GetValue(check)
            ? Check(parsed.GetValue(policies)!, parsed.GetValue(place)!)
            : Write(parsed.GetValue(policies)!, parsed.GetValue(place)!, cancellationToken)));
        return command;
    }

    private static int Write(string policies, string place, CancellationToken cancellationToken)
    {
        var files = PolicyExports.Of(policies);
        try
        {
            Directory.CreateDirectory(place);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{place} cannot be made: {exception.Message} Name another directory with --out.", exception);
        }

        foreach (var (name, text) in files)
        {
            var path = Path.Combine(place, name);
            WholeFile.Write(path, text, cancellationToken);
            Terminal.Write($"written {path}");
        }

        return ExitCodes.Done;
    }

    private static int Check(string policies, string place)
    {
        List<string> differences = [];
        foreach (var (name, text) in PolicyExports.Of(policies))
        {
            var path = Path.Combine(place, name);
            differences.AddRange(ReadText(path) is { } there ? ExportDifferences.Of(path, there, text) : [$"{path} is not there"]);
        }

        foreach (var difference in differences)
        {
            Terminal.Write(difference);
        }

        if (differences.Count > 0)
        {
            throw new UserErrorException($"the artifacts in {place} are not those of {policies}; write them with 'export --policies {policies} --out {place}'");
        }

        Terminal.Write($"the artifacts in {place} are those of {policies}");
        return ExitCodes.Done;
    }

    private static string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be read: {exception.Message} Let this account read it, or name another file.", exception);
        }
    }
}
