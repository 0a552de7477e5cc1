using System.Text.RegularExpressions;

namespace ScaleFunctions.Bicep.Tests.Containers;

/// <summary>The instructions of a container file, with what has to hold of ours beside what a linter knows.</summary>
internal sealed partial class ContainerFile(string text)
{
    private readonly IReadOnlyList<(string Word, string Text)> _instructions =
    [
        .. Continuation().Replace(text, " ").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => (line.Split(' ')[0].ToUpperInvariant(), line[line.Split(' ')[0].Length..].Trim())),
    ];

    /// <summary>What is wrong; the staged app, on the host's image, and nothing besides.</summary>
    public IEnumerable<string> Findings()
    {
        var images = Of("FROM");
        if (images is not [var image] || !Image().IsMatch(image))
        {
            yield return $"it is not on one image of the Functions host with a version: {string.Join(", ", images)}";
        }

        var copied = Of("COPY");
        if (copied is not [var copy] || copy.Split(' ') is not ["artifacts/functionapp", var place] || !Of("ENV").Any(setting => setting.Split(' ').Contains($"AzureWebJobsScriptRoot={place}")))
        {
            yield return $"the staged app is not copied to where the host looks: {string.Join(", ", copied)}";
        }

        if (!Of("ENV").Any(setting => setting.Split(' ').Contains("FUNCTIONS_WORKER_RUNTIME=custom")))
        {
            yield return "the host is not told that it is a custom handler";
        }

        foreach (var (word, rest) in _instructions.Where(each => each.Word is not ("FROM" or "ENV" or "COPY")))
        {
            yield return $"the image has to start the host, with nothing added: {word} {rest}";
        }

        foreach (var setting in Of("ENV").Where(setting => Secret().IsMatch(setting)))
        {
            yield return $"a setting that belongs to the deployment: {setting}";
        }
    }

    private List<string> Of(string word) => [.. _instructions.Where(each => each.Word == word).Select(each => each.Text)];

    [GeneratedRegex(@"\\\r?\n", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Continuation();

    [GeneratedRegex(@"^mcr\.microsoft\.com/azure-functions/base:(?!latest)[\w.-]+(@sha256:[0-9a-f]{64})?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Image();

    [GeneratedRegex(@"AzureWebJobsStorage|password|secret|key=|token|connectionstring", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}
