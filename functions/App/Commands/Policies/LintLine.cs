namespace ScaleFunctions.App.Commands.Policies;

/// <summary>One finding of <c>lint</c>.</summary>
internal sealed record LintLine(string File, int Line, int Column, string Rule, string Message);
