using System.Text;
using CsCheck;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class DamagedFileTests
{
    private static readonly byte[] Good = Encoding.UTF8.GetBytes(PolicyTexts.All);

    /// <summary>Pieces that mean something to YAML, so that mutations reach past the first character.</summary>
    private static readonly string[] Pieces =
    [
        "[", "]", "{", "}", "- ", "? ", ": ", ",", "\"", "'", "\n", "\n  ", "\n      ", "#", " #", "&a ", "*a", "!t ", "<<: ", "%YAML 1.2\n",
        "---\n", "...\n", "|\n", ">2\n", "\\", "\\u0000", "\\uD800", "\\U00110000", "\t", "\r", "\0", "~", "null", "010", "1e999", ".nan", "-1",
        "999999999d", "9999999999999999999", "%", "ü", "\uFEFF", "\u2028", "😀", "name", "spec:", "kind: Workload",
    ];

    [Fact]
    public void A_file_cut_at_any_byte_gives_policies_or_errors()
    {
        var complete = 0;
        for (var length = 0; length <= Good.Length; length++)
        {
            var policies = PolicyTexts.ReadBytes(Good[..length]);
            AssertSound(policies);
            complete += policies.Errors.Count == 0 ? 1 : 0;
            Assert.True(policies.Errors.Count > 0 || policies.Workloads.Count == 1, $"cut at {length}: neither policies nor errors");
        }

        Assert.InRange(complete, 4, 80);
    }

    [Fact]
    public void Random_damage_never_throws_and_never_lets_an_impossible_policy_through()
    {
        var edit = Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Int[0, 12], Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]), Gen.Byte, Gen.Int[0, 2]);
        edit.Array[1, 6].Sample(edits => AssertSound(PolicyTexts.ReadBytes(Damage(edits))), iter: 20_000);
    }

    [Fact]
    public void Random_pieces_never_throw() =>
        Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 120].Sample(pieces => AssertSound(PolicyTexts.Read(string.Concat(pieces))), iter: 20_000);

    private static byte[] Damage((int At, int Removed, string Piece, byte Byte, int How)[] edits)
    {
        List<byte> bytes = [.. Good];
        foreach (var (at, removed, piece, replacement, how) in edits)
        {
            var start = Math.Min(at, bytes.Count);
            bytes.RemoveRange(start, Math.Min(how == 0 ? removed : 0, bytes.Count - start));
            bytes.InsertRange(start, how == 1 ? [replacement] : Encoding.UTF8.GetBytes(piece));
        }

        return [.. bytes];
    }

    private static void AssertSound(PolicySet policies)
    {
        foreach (var policy in policies.HorizontalScaling)
        {
            Assert.InRange(policy.Minimum, 1, policy.Maximum);
            Assert.InRange(policy.Maximum, 1, 1000);
            Assert.InRange(policy.WhenBlind ?? policy.Minimum, policy.Minimum, policy.Maximum);
            Assert.Contains(policies.Workloads, workload => workload.Name == policy.Workload);
        }

        foreach (var policy in policies.LoadBasedScaling)
        {
            Assert.All(policy.TargetTracking, tracking => Assert.True(tracking.Target > 0 && tracking.ToleranceOut is >= 0 and < 1));
            Assert.Contains(policies.HorizontalScaling, bounds => bounds.Workload == policy.Workload);
        }

        Assert.All(policies.Workloads, workload => Assert.False(string.IsNullOrEmpty(workload.Name)));
        Assert.All(policies.Errors, error => Assert.True(error.Source is { Line: >= 1, Column: >= 1 } && error.Message.Length > 10));
        Assert.All(policies.Errors, error => Assert.DoesNotContain('\n', error.Message));
    }
}
