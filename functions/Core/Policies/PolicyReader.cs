using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Reads policy files, which may be half-written or hostile, into a set: every error of every file at once, and every
/// document without one. Never throws for anything a file contains.
/// </summary>
public static class PolicyReader
{
    /// <summary>Each document costs a parser; a file with more of them is not meant to be read by people.</summary>
    private const int MaximumDocuments = 1000;

    public static PolicySet Read(IReadOnlyList<PolicyFile> files)
    {
        List<PolicyError> errors = [];
        List<PolicyDocument> documents = [];
        foreach (var file in files.OrderBy(each => each.Name, StringComparer.Ordinal))
        {
            var fileErrors = new PolicyErrors(file.Name);
            documents.AddRange(ReadFile(file, fileErrors));
            errors.AddRange(fileErrors.Shown);
        }

        if (files.Count == 0)
        {
            errors.Add(new PolicyError(new PolicySource("policies", 1, 1), "no policy file was found; nothing is scaled"));
        }

        var (policies, crossErrors) = PolicyCrossChecks.Run(documents);
        return new PolicySet
        {
            Workloads = [.. policies.OfType<WorkloadPolicy>()],
            HorizontalScaling = [.. policies.OfType<HorizontalScalingPolicy>()],
            LoadBasedScaling = [.. policies.OfType<LoadBasedScalingPolicy>()],
            Errors = Sorted([.. errors, .. crossErrors]),
            Version = VersionOf(files),
        };
    }

    private static List<PolicyDocument> ReadFile(PolicyFile file, PolicyErrors errors)
    {
        List<PolicyDocument> documents = [];
        if (PolicyGuard.Read(file, errors) is not { } text)
        {
            return documents;
        }

        var (count, broken) = (0, 0);
        foreach (var document in PolicyDocumentText.Split(text).Where(each => !each.IsEmpty))
        {
            if (++count > MaximumDocuments || broken > PolicyErrors.MaximumShown)
            {
                errors.Add(document.FirstLine, 1, "the file holds too many documents or broken documents; the rest from here is not read");
                break;
            }

            var before = errors.Count;
            if (ReadDocument(document, errors) is { } read)
            {
                documents.Add(read);
            }
            else if (errors.Count == before)
            {
                count--;
            }

            broken += errors.Count > before ? 1 : 0;
        }

        if (count == 0)
        {
            errors.Add(1, 1, "no policy document in this file; it is empty or holds only comments");
        }

        return documents;
    }

    /// <summary>Null when the document is empty or could not be read at all.</summary>
    private static PolicyDocument? ReadDocument(PolicyDocumentText document, PolicyErrors errors)
    {
        if (!NestingScan.Allows(document, errors))
        {
            return null;
        }

        var before = errors.Count;
        var root = PolicyNodeReader.Read(document, errors);
        var hasDuplicates = errors.Count > before;
        var bound = root is null ? null : DocumentBinding.Bind(root, errors);
        return hasDuplicates && bound is not null ? bound with { Policy = null } : bound;
    }

    private static IReadOnlyList<PolicyError> Sorted(IEnumerable<PolicyError> errors) =>
    [
        .. errors
            .OrderBy(error => error.Source.File, StringComparer.Ordinal)
            .ThenBy(error => error.Source.Line)
            .ThenBy(error => error.Source.Column),
    ];

    /// <summary>
    /// Lengths go in before the bytes, so that no two sets of files run together into the same input. Of a file that is too
    /// large only the length and the part a reader had to load count: it is refused, not read.
    /// </summary>
    private static string VersionOf(IReadOnlyList<PolicyFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(each => each.Name, StringComparer.Ordinal))
        {
            Append(hash, Encoding.UTF8.GetBytes(file.Name), int.MaxValue);
            Append(hash, file.Content.Span, PolicyFile.MaximumBytes + 1);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes, int most)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes[..Math.Min(bytes.Length, most)]);
    }
}
