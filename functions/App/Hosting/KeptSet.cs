namespace ScaleFunctions.App.Hosting;

/// <summary>What is known of a set of policies whose files are kept.</summary>
/// <param name="Version">Its hash.</param>
/// <param name="SeenAt">When it was first seen.</param>
/// <param name="InForceAt">When it last came into force; absent when it never did.</param>
/// <param name="Place">Where its files were read.</param>
/// <param name="By">Who chose or approved it; empty when the files alone brought it.</param>
/// <param name="Policies">How many policies it holds.</param>
/// <param name="Errors">How many errors its files have.</param>
/// <param name="Resources">How many resources it governed when it was taken; absent where nobody counted.</param>
internal sealed record KeptSet(
    string Version, DateTimeOffset SeenAt, DateTimeOffset? InForceAt, string Place, string By, int Policies, int Errors, int? Resources)
{
    /// <summary>The later of when it was seen and when it came into force.</summary>
    public DateTimeOffset LastAt => InForceAt ?? SeenAt;
}
