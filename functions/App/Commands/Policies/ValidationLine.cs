namespace ScaleFunctions.App.Commands.Policies;

/// <summary>One error of <c>validate</c>.</summary>
internal sealed record ValidationLine(string File, int Line, int Column, string Message);
