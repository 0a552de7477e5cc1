using ScaleFunctions.App.Commands.Plans;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What an evaluation came to.</summary>
internal sealed record EvaluateAnswer(bool Acted, int Writes, IReadOnlyList<PlanLine> Targets);
