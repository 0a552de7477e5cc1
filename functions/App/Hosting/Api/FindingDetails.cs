namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A finding with what it rests on and what would be done.</summary>
/// <param name="Finding">As the list has it.</param>
/// <param name="Evidence">What was measured, and what speaks against smaller ones.</param>
/// <param name="Plan">What would be done; absent where nothing is to change.</param>
internal sealed record FindingDetails(FindingView Finding, FindingEvidence Evidence, FindingPlan? Plan);
