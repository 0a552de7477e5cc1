using ScaleFunctions.Core.Decisions.Rightsizing;

namespace ScaleFunctions.App.Commands.Rightsizing;

/// <summary>Resources that were not judged for the same reason.</summary>
internal sealed record RightsizeNotJudged(NotJudgedReason Reason, int Count, string Example, string Why);
