namespace ScaleFunctions.Core.State;

/// <summary>The answer to a conditional write.</summary>
public abstract record RowWrite
{
    private RowWrite()
    {
    }

    public sealed record Written(long Version) : RowWrite;

    /// <summary>The stored row has another version: nothing was written.</summary>
    public sealed record Conflict : RowWrite;
}
