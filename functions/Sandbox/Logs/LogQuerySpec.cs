using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Logs;

/// <summary>A log query the sandbox knows the answer to. It runs no KQL: the text has to be this one, blanks aside.</summary>
/// <param name="Workspace">Id of the workspace.</param>
/// <param name="Text">The query.</param>
/// <param name="Value">The number it answers, over time.</param>
public sealed record LogQuerySpec(string Workspace, string Text, ILoadSource Value);
