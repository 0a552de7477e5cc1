namespace ScaleFunctions.Core.Limits;

/// <summary>What a lock keeps everybody from doing.</summary>
public enum LockLevel
{
    /// <summary>Deleting only: counts and sizes may be changed.</summary>
    CanNotDelete,

    /// <summary>Every change.</summary>
    ReadOnly,
}
