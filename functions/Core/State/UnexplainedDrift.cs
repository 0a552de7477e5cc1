namespace ScaleFunctions.Core.State;

/// <summary>A capacity that somebody changed, until it is known who, or nobody is asked any more.</summary>
/// <param name="Since">When the capacity was last seen to be ours: the change is younger.</param>
/// <param name="At">When the other one was seen.</param>
/// <param name="Expected">Instances there should have been.</param>
/// <param name="Found">Instances there were.</param>
/// <param name="Asked">How often the activity log had no answer.</param>
public sealed record UnexplainedDrift(DateTimeOffset Since, DateTimeOffset At, int Expected, int Found, int Asked)
{
    /// <summary>The log is minutes behind; others report up to twenty.</summary>
    private static readonly IReadOnlyList<TimeSpan> AskedAfter =
        [TimeSpan.Zero, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(20)];

    public bool IsDue(DateTimeOffset now) => Asked < AskedAfter.Count && now >= At + AskedAfter[Asked];

    /// <summary>The same after one more question without an answer; nothing when it was the last.</summary>
    public UnexplainedDrift? Next() => Asked + 1 < AskedAfter.Count ? this with { Asked = Asked + 1 } : null;
}
