namespace ScaleFunctions.App.Commands.Exports;

/// <summary>One value in force.</summary>
/// <param name="Field">As a policy file has it.</param>
/// <param name="Value">Likewise.</param>
/// <param name="From">File, line and column it was written at; <c>default</c> for one of the program.</param>
/// <param name="Note">What the policy said before somebody narrowed it; empty when nobody did.</param>
internal sealed record ExportedValue(string Field, string Value, string From, string Note);
