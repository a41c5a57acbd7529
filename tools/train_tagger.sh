#!/bin/sh
# Makes models/ner-en.bin from gold and silver text; models/ner-en.md says what they are.
#
#   tools/train_tagger.sh ANNALS GOLD_DIR SILVER.jsonl WORK_DIR
#
# ANNALS is the program, built with optimizations, GOLD_DIR holds *.train.jsonl, SILVER.jsonl is the
# output of silver_ner.py. Every tagger that votes on a text was trained without it: a tagger of the
# gold votes on all silver; one of gold and the first part votes on the rest, and the other way round.
set -eu
annals=$1 gold_dir=$2 silver=$3 work=$4
here=$(dirname "$0")
gold=""
for file in gum wikigold politics crossner-other wnut17; do
    gold="$gold 1:$gold_dir/$file.train.jsonl"
done
settings="--seed 1 --rate 0.05 --decay 0.001 --dropout 0.4"
vote="python3 $here/vote_silver.py $silver $here/../models/gazetteer"
first=20000

mkdir -p "$work"
label() { "$annals" extract --model "$work/$1.bin" >"$work/$2.jsonl"; }

"$annals" train --output "$work/gold.bin" $settings --epochs 8 $gold
label gold by-gold <"$silver"
$vote "$work/round0.jsonl" "1:$work/by-gold.jsonl"

head -n $first "$work/round0.jsonl" >"$work/round0-first.jsonl"
"$annals" train --output "$work/first.bin" $settings --epochs 5 $gold "0.25:$work/round0-first.jsonl"
tail -n +$((first + 1)) "$silver" | label first by-first
$vote "$work/rest.jsonl" "1:$work/by-gold.jsonl" "1.5:$work/by-first.jsonl" --needed 2.5

"$annals" train --output "$work/rest.bin" $settings --epochs 5 $gold "0.2:$work/rest.jsonl"
head -n $first "$silver" | label rest by-rest
$vote "$work/first.jsonl" "1:$work/by-gold.jsonl" "1.5:$work/by-rest.jsonl" --needed 2.5

cat "$work/first.jsonl" "$work/rest.jsonl" >"$work/silver.jsonl"
"$annals" train --output "$work/ner-en.bin" $settings --epochs 5 $gold "0.2:$work/silver.jsonl"
