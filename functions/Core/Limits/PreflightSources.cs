namespace ScaleFunctions.Core.Limits;

/// <summary>Where what is known before a write comes from.</summary>
public sealed record PreflightSources(ILockSource Locks, IPermissionSource Permissions, IComputeLimits Compute);
