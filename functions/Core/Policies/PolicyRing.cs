using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>Resources for which a changed set of policies counts before it counts for all.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Select">Which they are; absent where it is a share.</param>
/// <param name="Share">Which part of all resources they are, more than 0 and less than 1; absent where they are selected.</param>
/// <param name="Soak">How long a set must do well for them before it counts for more.</param>
public sealed record PolicyRing(string Name, TargetSelector? Select, double? Share, TimeSpan Soak)
{
    /// <summary>
    /// Whether a resource belongs to it. A share goes by the hash of the resource's id: the same resource is always in or out, in every
    /// process, and whoever is in a share is in each larger one.
    /// </summary>
    public bool Holds(ObservedTarget target) => Select is { } select ? select.Holds(target) : Place(target.Id) < Share;

    /// <summary>Whether nobody can tell just now.</summary>
    public bool IsUntold(ObservedTarget target) => Select?.IsUntold(target) == true;

    /// <summary>In words, for people.</summary>
    public string Who => Select is { } select ? $"{select}" : FormattableString.Invariant($"{Share * 100:0.###} % of all resources");

    /// <summary>Where it stands among all ids, from 0 to less than 1. Salted, or the same resources would always be first at everything that goes by hashes.</summary>
    private static double Place(TargetId target) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"ring\n{target.Key}"))) / (uint.MaxValue + 1.0);
}
