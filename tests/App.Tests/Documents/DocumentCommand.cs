namespace ScaleFunctions.App.Tests.Documents;

/// <summary>A command of a page.</summary>
/// <param name="Page">File, below the repository.</param>
/// <param name="Line">From 1.</param>
/// <param name="Text">As a reader types it, its comment included.</param>
/// <param name="NotRun">Why it is not run, as the page says; absent when it is.</param>
/// <param name="IsBesideServe">Whether the page says that a local run goes on beside it.</param>
internal sealed record DocumentCommand(string Page, int Line, string Text, string? NotRun, bool IsBesideServe)
{
    public override string ToString() => $"{Page}:{Line}: {Text}";
}
