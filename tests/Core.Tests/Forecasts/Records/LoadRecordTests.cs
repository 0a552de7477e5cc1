using System.Text.Json;
using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Forecasts.Records;

public sealed class LoadRecordTests
{
    [Fact]
    public void Samples_of_a_quarter_of_an_hour_become_its_mean()
    {
        var record = Record((0, 100), (7, 200), (14, 300), (15, 50));

        Assert.Equal(new LoadBin(Some.At(0), 600, 3, false), Assert.Single(record.Complete));
        Assert.Equal(200, record.Bins[0].Mean);
    }

    [Fact]
    public void A_sample_that_is_in_already_counts_once() =>
        Assert.Equal(1, Record((3, 100), (3, 100), (2, 900)).Bins.Single().Samples);

    [Fact]
    public void One_sample_at_the_end_of_the_scale_marks_its_quarter()
    {
        var record = LoadRecord.Add(Record((0, 100)), new LoadSample("cpu", Some.At(1), 400, IsCapped: true));

        Assert.True(Assert.Single(record.Bins).IsCapped);
    }

    [Fact]
    public void Another_signal_begins_anew() =>
        Assert.Equal("requests", LoadRecord.Add(Record((0, 100), (20, 100)), new LoadSample("requests", Some.At(21), 5, false)).Signal);

    [Fact]
    public void Six_hours_are_kept()
    {
        var record = Record([.. Enumerable.Range(0, 500).Select(minute => (minute, 1d))]);

        Assert.Equal(LoadRecord.BinsKept, record.Bins.Count);
        Assert.Equal(TimeSpan.FromHours(6), LoadBin.Length * record.Complete.Count());
    }

    [Fact]
    public void A_grid_takes_bins_in_any_order_and_leaves_gaps_open()
    {
        var grid = LoadGrid.Empty.Take([Bin(2, 30), Bin(0, 10)]);

        Assert.Equal([10d, null, 30d], grid.Loads);
        Assert.Equal(Some.At(45), grid.End);
        Assert.Equal(grid.Take([Bin(1, 20)]).Loads, [10d, 20d, 30d]);
        Assert.Equal([10d, null, 99d], grid.Take([Bin(2, 99)]).Loads);
    }

    [Fact]
    public void A_grid_forgets_what_is_older_than_two_weeks()
    {
        var grid = LoadGrid.Empty.Take(Enumerable.Range(0, 2000).Select(index => Bin(index, index) with { IsCapped = true }));

        Assert.Equal(14 * 96, grid.Loads.Count);
        Assert.Equal(1999, grid.Loads[^1]);
        Assert.Equal(14 * 96, grid.CappedAt.Count);
        Assert.Same(grid, grid.Take([]));
        Assert.Null(grid.At(grid.Start - LoadBin.Length));
        Assert.Null(grid.At(grid.End));
    }

    [Fact]
    public void A_bin_long_after_the_last_makes_no_grid_longer_than_two_weeks()
    {
        var grid = LoadGrid.Empty.Take([Bin(0, 1)]).Take([Bin(100_000, 2)]);

        Assert.Equal(2, Assert.Single(grid.Points).Value);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(1e101)]
    public void What_can_be_no_load_is_left_out(double load) => Assert.Empty(LoadGrid.Empty.Take([Bin(0, load)]).Loads);

    [Fact]
    public void What_is_calculated_is_not_stored_and_read_over_where_it_was()
    {
        var row = new TargetRow { Target = Some.Id(), Load = Record((0, 100), (15, 50)) };
        var json = JsonSerializer.Serialize(row, StateJson.Default.TargetRow);
        var before = json.Replace("\"sum\":", "\"mean\":7,\"sum\":", StringComparison.Ordinal);

        Assert.All(["mean", "complete"], name => Assert.DoesNotContain($"\"{name}\":", json, StringComparison.Ordinal));
        Assert.Equal(row.Load!.Bins, JsonSerializer.Deserialize(before, StateJson.Default.TargetRow)!.Load!.Bins);
    }

    private static LoadRecord Record(params (int Minute, double Load)[] samples) => samples.Aggregate(
        (LoadRecord?)null, (record, sample) => LoadRecord.Add(record, new LoadSample("cpu", Some.At(sample.Minute), sample.Load, false)))!;

    private static LoadBin Bin(int index, double load) => new(Some.At(15 * index), load, 1, false);
}
