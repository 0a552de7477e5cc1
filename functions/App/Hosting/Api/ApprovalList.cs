namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What people are or were asked for, newest first.</summary>
internal sealed record ApprovalList(IReadOnlyList<ApprovalView> Approvals);
