namespace ScaleFunctions.Sandbox.Limits;

/// <summary>A management lock of the simulated Azure.</summary>
/// <param name="Scope">Id of the subscription, group or resource it is on.</param>
/// <param name="Name">Its name.</param>
/// <param name="Level"><c>ReadOnly</c> or <c>CanNotDelete</c>.</param>
public sealed record LockSpec(string Scope, string Name, string Level);
