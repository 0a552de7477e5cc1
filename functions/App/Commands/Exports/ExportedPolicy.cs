namespace ScaleFunctions.App.Commands.Exports;

/// <summary>What one policy comes to, with all it extends and what guardrails made of it.</summary>
internal sealed record ExportedPolicy(string Kind, string Name, IReadOnlyList<ExportedValue> Values);
