using System.Text.Json;

namespace ScaleFunctions.App.Tests;

/// <summary>How a run of the program ended and what it said.</summary>
public sealed record Finished(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> Decisions => [.. Lines.Where(line => Workplace.Decision().IsMatch(line))];

    /// <summary>The messages on standard error that begin with "error: ".</summary>
    public IReadOnlyList<string> Complaints =>
        [.. Error.Split('\n').Where(line => line.StartsWith("error: ", StringComparison.Ordinal))];

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    public Finished ShouldBe(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode} instead of {exitCode}\n{Output}\n{Error}");
        return this;
    }

    /// <summary>Asserts that the program refused: one message with these words on standard error, no result, no stack.</summary>
    public void ShouldRefuse(params string[] words)
    {
        ShouldBe(1);
        Assert.True(Complaints.Count == 1, $"one message was expected:\n{Error}");
        Assert.All(words, word => Assert.Contains(word, Complaints[0], StringComparison.Ordinal));
        Assert.Empty(Output);
        ShouldHideItsInside();
    }

    /// <summary>Asserts that nothing of the program's inside shows: no stack, no type name, no "bug".</summary>
    public Finished ShouldHideItsInside()
    {
        var text = Output + Error;
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("This is a bug", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ScaleFunctions.Sandbox.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
        return this;
    }
}
