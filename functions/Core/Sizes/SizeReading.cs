namespace ScaleFunctions.Core.Sizes;

/// <summary>What is known of a resource's size and of that of its instances.</summary>
public abstract record SizeReading
{
    private SizeReading()
    {
    }

    /// <param name="Size">The size the resource says its instances shall have.</param>
    /// <param name="Mode">How they come to it.</param>
    /// <param name="Instances">Each of them.</param>
    /// <param name="Needs">What another size must have.</param>
    public sealed record Read(string Size, RollOutMode Mode, IReadOnlyList<SizedInstance> Instances, SizeNeeds Needs) : SizeReading
    {
        /// <summary>Whether an operation on the resource is still running.</summary>
        public bool IsUpdating { get; init; }

        /// <summary>Whether it is a machine of which the list of sizes is that of the hardware it runs on; stopped it may have others.</summary>
        public bool OffersMoreWhenStopped { get; init; }

        /// <summary>
        /// Whether Azure tells the health of no instance of this kind, as on App Service: what shows that a size does not do are the
        /// metrics of the policy's guard.
        /// </summary>
        public bool IsJudgedByGuard { get; init; }

        /// <summary>How many instances the only entry stands for, where Azure tells none of them; absent where it tells each.</summary>
        public int? StandsFor { get; init; }

        /// <summary>How many instances there are.</summary>
        public int Count => StandsFor ?? Instances.Count;

        /// <summary>How many of them are as asked; an entry that stands for all says it of all.</summary>
        public int CountOf(Func<SizedInstance, bool> isSo) => StandsFor is { } all ? (Instances.All(isSo) ? all : 0) : Instances.Count(isSo);

        /// <summary>Whether the resource says that the last operation on it failed.</summary>
        public bool HasFailed { get; init; }

        /// <summary>Whether new instances serve before the old ones go, as on App Service, so that even an only one is not missed.</summary>
        public bool ReplacesBeforehand { get; init; }
    }

    public sealed record Unreadable(string Reason) : SizeReading;
}
